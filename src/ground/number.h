/* number.h -- doubles as text, in the C locale. */
#ifndef NUMBER_H
#define NUMBER_H

#include <stddef.h>

/* Shortest decimal of up to 17 digits that reads back to the same double; "null" if not finite.
 */
int print_double(char *out, size_t size, double v);
int parse_double(
	const char *text, double *v); /* whole text, C locale, finite or inf/nan; 0 or -1 */

#endif
