/* own.c -- users' data for the learning problems. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "kept.h"
#include "own.h"

const char *const own_standardise[] = { "off", "on", NULL };
static const double known = 1e-6, exact = 1e-12;

static uint64_t key(const struct own_kind *k, const double *opt, uint64_t h)
{
	h = data_hash(h, k->problem, strlen(k->problem) + 1);
	for (size_t i = 0; k->options[i].name; i++) {
		const char *text = k->options[i].words == nso_any_text ? nso_text(opt[i]) : "";

		if (i == k->data)
			continue; /* the bytes count, not where they lie */
		h = data_hash(h, k->options[i].name, strlen(k->options[i].name) + 1);
		h = *text ? data_hash(h, text, strlen(text) + 1)
			  : data_hash(h, &opt[i], sizeof opt[i]);
	}
	return h;
}

static void standardise(struct samples *s, enum own_target target)
{
	struct rows *a = &s->a;
	double mean, deviation;

	for (size_t j = 0; j < a->n; j++) {
		column_moments(a->val + j, a->n, a->m, &mean, &deviation);
		for (size_t i = 0; i < a->m; i++)
			a->val[i * a->n + j] = (a->val[i * a->n + j] - mean) / deviation;
	}
	if (target != OWN_NUMBERS && target != OWN_SIGNAL)
		return;
	column_moments(s->y, 1, a->m, &mean, &deviation);
	for (size_t i = 0; i < a->m; i++)
		s->y[i] -= mean;
}

static int targets(struct samples *s, enum own_target target, struct reason why)
{
	if (target == OWN_POINTS)
		return 0;
	if (!s->y)
		return refuse_data(why, "target=none, expected a column as target");
	if (target == OWN_TWO)
		return labels_two(s, why);
	if (s->words)
		return refuse_data(why, "the target holds words (%.30s, ...), expected numbers",
			s->word[0]);
	return 0;
}

int own_read(
	struct own *o, const struct own_kind *k, const double *opt, struct nso_facts *facts)
{
	struct reason why = { facts->why, sizeof facts->why };
	struct how how = how_from(opt, k->how);
	int on = opt[k->how + OWN_STANDARDISE] != 0, bad;

	*o = (struct own){ 0 };
	if (k->target == OWN_POINTS && !*how.target)
		how.target = "none";
	how.signal = k->target == OWN_SIGNAL;
	if (samples_read(&o->s, nso_text(opt[k->data]), how, why))
		return -1;
	o->key = key(k, opt, o->s.hash);
	bad = targets(&o->s, k->target, why);
	if (!bad &&
		(on || (k->target != OWN_TWO && (double)o->s.a.m * (double)o->s.a.n <= 0x1p24)))
		bad = samples_dense(&o->s, why);
	if (bad)
		own_free(o);
	else if (on)
		standardise(&o->s, k->target);
	return bad ? -1 : 0;
}

void own_free(struct own *o) { samples_free(&o->s); }

/* ---------------------------------------------------------- optimal values ---------- */

void own_open(struct nso_facts *facts, size_t n, double *x, const char *reason)
{
	for (size_t j = 0; j < n; j++)
		x[j] = NAN;
	facts->optimum = facts->optimum_error = NAN;
	facts->minimizer = NULL;
	snprintf(facts->why, sizeof facts->why, "f* is open: %.180s", reason);
}

int own_certify(const struct own *o, void *self, double (*solve)(void *self),
	double (*eval)(const void *self, const double *x, double *g), size_t n, double *x,
	double scale, struct nso_facts *facts)
{
	struct kept kept = { .path = o->s.path, .key = o->key, .n = n, .x = x };
	char reason[160];
	double value;

	if (kept_read(&kept) || (value = eval(self, x, NULL)) != kept.value) {
		kept.error = solve(self);
		if (isnan(kept.error))
			return -1;
		kept.error = fmax(kept.error, 0);
		kept.value = value = eval(self, x, NULL);
		if (isfinite(kept.error))
			kept_write(&kept);
	}
	scale = fmax(scale, fabs(value));
	if (!(kept.error <= known * scale)) {
		if (isinf(kept.error))
			snprintf(reason, sizeof reason,
				"no certificate for %zu columns of these data", n);
		else
			snprintf(reason, sizeof reason,
				"certified to within %.2g only, f(x) being %.6g; "
				"standardise=on may help",
				kept.error, value);
		own_open(facts, n, x, reason);
		return 0;
	}
	facts->optimum = value;
	facts->optimum_error = fmax(kept.error, 1e-15 * scale);
	facts->minimizer = facts->optimum_error <= exact * scale ? x : NULL;
	return 0;
}

/* ---------------------------------------------------------- linear models ----------- */

static void fill(struct own *o, struct linear_sum *s, const struct own_recipe *r,
	struct nso_facts *facts)
{
	s->a = o->s.a;
	s->b = o->s.y;
	o->s.a = (struct rows){ 0 };
	o->s.y = NULL;
	s->sum = (struct finite_sum){ .n = s->a.n,
		.m = s->a.m,
		.scale = r->mean ? 1 / (double)s->a.m : 1,
		.loss = r->loss,
		.residual = linear_residual,
		.gradient = linear_gradient };
	facts->n = s->a.n;
	facts->terms = s->a.m;
	facts->traits &= ~(unsigned)NSO_PLANTED;
}

void *own_make(
	const struct own_recipe *r, size_t size, const double *opt, struct nso_facts *facts)
{
	struct fitted *p = calloc(1, size);
	struct own own;
	int bad;

	if (!p || own_read(&own, &r->kind, opt, facts)) {
		free(p);
		return NULL;
	}
	fill(&own, &p->model, r, facts);
	p->minimizer = calloc(facts->n, sizeof *p->minimizer);
	bad = !p->minimizer || (r->prepare && r->prepare(p, opt, facts)) ||
	      own_certify(&own, p, r->solve, r->eval, facts->n, p->minimizer,
		      r->eval(p, p->minimizer, NULL), facts);
	own_free(&own);
	if (!bad)
		return p;
	fitted_free(p);
	return NULL;
}
