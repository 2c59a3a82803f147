/* saddle.h -- the saddle form of linear models, f(x) = g(x) + h(Kx): h(z) = scale sum_i phi(z_i
 * - b_i) with phi piecewise linear and its kink at 0, g(x) = (l2/2)|x|^2 + l1 |x|_1, K the
 * rows. */
#ifndef SADDLE_H
#define SADDLE_H

#include "finite_sum.h"

extern const struct nso_saddle linear_saddle; /* of a struct that begins with a linear_sum */

#endif
