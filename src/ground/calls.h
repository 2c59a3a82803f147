/* calls.h -- what a method may ask of the oracle: each kind is counted apart, in runs, in
 * records and in what reads them. */
#ifndef CALLS_H
#define CALLS_H

/* The last ones are of the saddle form and stand only in records of methods that need it. */
enum call {
	CALL_VALUE,
	CALL_SUBGRADIENT,
	CALL_PROX,
	CALL_FORWARD,
	CALL_BACK,
	CALL_DUAL_PROX,
	CALL_KINDS,
	CALLS_OF_ALL = CALL_FORWARD
};
extern const char *const call_names[CALL_KINDS]; /* as records and --cost name them */

#endif
