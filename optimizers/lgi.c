/* lgi.c -- Local Geometric Instability of S-Adam and its variants: Xu et al. 2026,
 * arXiv:2605.29547, in the order of the official code (two passes for the variance; one probe
 * has no variance). */
#include <math.h>
#include "lgi.h"

static double mean(size_t k, const double *D)
{
	double sum = 0;

	for (size_t i = 0; i < k; i++)
		sum += D[i];
	return sum / (double)k;
}

static double mean_square(size_t k, const double *D)
{
	double sum = 0;

	for (size_t i = 0; i < k; i++)
		sum += D[i] * D[i];
	return sum / (double)k;
}

static double variance(size_t k, const double *D, int population)
{
	double centre = mean(k, D), sum = 0;

	for (size_t i = 0; i < k; i++)
		sum += (D[i] - centre) * (D[i] - centre);
	return k < 2 ? 0 : sum / (double)(population ? k : k - 1);
}

double lgi_value(const struct lgi *p, const double *D)
{
	double spread;

	switch (p->index) {
	case LGI_VARIANCE:
		return variance(p->k, D, p->population);
	case LGI_RESIDUAL:
		return mean_square(p->k, D);
	case LGI_CURVATURE:
		return mean(p->k, D);
	case LGI_RATIO:
		break;
	}
	spread = variance(p->k, D, p->population);
	return spread == 0 ? 0 : spread / (mean_square(p->k, D) + p->eps); /* eps may be 0 */
}

double lgi_damp(const struct lgi *p, double value)
{
	return exp(-p->lambda * (value > p->cap ? p->cap : value));
}

int lgi_idle(const struct lgi *p)
{
	return p->lambda == 0 ||
	       (p->k < 2 && (p->index == LGI_RATIO || p->index == LGI_VARIANCE));
}
