/* samples.c -- rows with targets, in memory. */
#include <stdlib.h>
#include "nsobench.h"
#include "samples.h"

void samples_free(struct samples *s)
{
	rows_free(&s->a);
	free(s->y);
	for (size_t i = 0; i < s->words; i++)
		free(s->word[i]);
	free(s->word);
	*s = (struct samples){ 0 };
}

int samples_dense(struct samples *s, struct reason why)
{
	struct rows *a = &s->a, d;

	if (!a->col)
		return 0;
	if (a->m > ((size_t)1 << 28) / a->n || rows_dense(&d, a->m, a->n))
		return refuse_data(why,
			"%zu rows of %zu columns: too many for a full table, expected up "
			"to 2^28 numbers",
			a->m, a->n);
	for (size_t i = 0; i < a->m; i++)
		rows_add(a, i, 1, d.val + i * d.n);
	rows_free(a);
	*a = d;
	return 0;
}
