/* arithmetic.c -- the check of doctor, built as this build is and once more as it must not be
 * (FAULTY: with -ffast-math), where it has to say so. Prints TAP. */
#include <config.h>
/* nsobench.h refuses such a build; here it is wanted. */
#undef __FAST_MATH__
#undef __FINITE_MATH_ONLY__
#include "../src/ground/arithmetic.c"
#include <fenv.h>
#include <stdio.h>

static int number;

static int line(int ok, const char *what, const char *said)
{
	printf("%sok %d - %s\n# %s\n", ok ? "" : "not ", ++number, what,
		said ? said : "no fault");
	return !ok;
}

int main(void)
{
	const char *said = arithmetic_fault();
	int wrong = 0;

#ifdef FAULTY
	wrong |= line(said != NULL, "a build with -ffast-math is found out", said);
#else
	static const int modes[] = { FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO };

	wrong |= line(!said, "this build computes as it must", said);
	for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
		if (fesetround(modes[i]))
			continue;
		said = arithmetic_fault();
		fesetround(FE_TONEAREST);
		wrong |= line(said != NULL, "another direction of rounding is found out", said);
	}
#endif
	printf("1..%d\n", number);
	return wrong;
}
