/* arithmetic.h -- does this build compute as the records take for granted? */
#ifndef ARITHMETIC_H
#define ARITHMETIC_H

const char *arithmetic_fault(void); /* what is wrong; NULL: nothing */

#endif
