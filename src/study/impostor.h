/* impostor.h -- methods that are not what a claim is about, in the place of those that are: a
 * test that holds for them too says nothing about the method. */
#ifndef IMPOSTOR_H
#define IMPOSTOR_H

#include "study/claim.h"

enum impostor {
	IMPOSTOR_NONE,
	IMPOSTOR_FROZEN, /* the method's steps are not made */
	IMPOSTOR_RANDOM, /* random search */
	IMPOSTOR_HALF,   /* half of every step */
	IMPOSTOR_TWICE,
	IMPOSTOR_SIGN, /* every step the other way */
	IMPOSTORS
};
extern const char *const impostor_words[IMPOSTORS + 1]; /* NULL ends it */

/* Puts the impostor in the place of every method that a test is about; those that are only
 * compared with stay. impostors_free before claim_free. */
int impostor_put(struct claim *c, enum impostor kind, struct why *why);
void impostors_free(struct claim *c);

/* What all findings of one test say together, controls included; INCONCLUSIVE for none. */
enum verdict verdict_of_test(const struct outcome *o, const struct test_of_claim *t);

#endif
