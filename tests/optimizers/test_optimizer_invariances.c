/* test_optimizer_invariances.c -- what must not change a path: the unit of f, the axes, the
 * order of the coordinates. */
#include <string.h>
#include "leak.h"
#include "play.h"
#include "ground/registry.h"

static const double far[] = { 1.5, -0.8, 0.7, 2.1, -1.3, 0.4, -0.9, 1.1, 0.3 };

/* f -> 4 f, where powers of two keep every bit: the path must not change. */
Test(invariances, scale_of_f, .timeout = 20)
{
	static const struct {
		const char *optimizer, *options, *scaled;
		double within;
	} rules[] = {
		{ "lion", "lr=0.01", "lr=0.01", 0 },
		{ "polyak", "", "", 1e-14 },
		{ "subgradient", "normalised=on", "normalised=on", 1e-14 },
		{ "sam-ps", "rho=0.2", "rho=0.2", 1e-14 },
		{ "usam-ps", "rho=0.04", "rho=0.01", 1e-14 },
		{ "sps", "gamma_b=inf", "gamma_b=inf", 1e-14 },
		{ "sgd", "lr=0.04", "lr=0.01", 1e-14 },
		{ "adam", "lr=0.01", "lr=0.01", 1e-6 },
		{ "adabelief", "lr=0.01,rectify=off", "lr=0.01,rectify=off", 1e-6 },
		{ "adagrad", "lr=0.1", "lr=0.1", 1e-8 },
		{ "prodigy", "", "", 1e-4 },
		{ "dog", "reps_rel=0.01", "reps_rel=0.01", 1e-6 },
		{ "s-adam", "lgi_eps=0,directions=axes,lr=0.01",
			"lgi_eps=0,directions=axes,lr=0.01", 1e-5 },
		{ "signum", "lr=0.01", "lr=0.01", 0 },
		{ "cautious-lion", "lr=0.01", "lr=0.01", 0 },
		{ "adopt", "lr=0.01", "lr=0.01", 0 },
		{ "asam", "lr=0.04", "lr=0.01", 1e-14 },
		{ "gsam", "lr=0.04", "lr=0.01", 1e-10 },
		{ "friendly-sam", "lr=0.04", "lr=0.01", 1e-10 },
		{ "looksam", "lr=0.04", "lr=0.01", 1e-10 },
		{ "momentum-sam", "lr=0.04", "lr=0.01", 1e-10 },
		{ "sps-safe", "m=0", "m=0", 1e-14 },
		{ "ima-sps-safe", "m=0", "m=0", 1e-14 },
		{ "sophia", "estimator=squares,gamma=5,lr=0.01",
			"estimator=squares,gamma=1.25,lr=0.01", 1e-14 },
		{ "o2nc", "scaling=none", "scaling=none", 1e-14 },
		{ "exponentiated-o2nc", "scaling=none,lr=0.04", "scaling=none,lr=0.01", 1e-14 },
		{ "derandomised-o2nc", "lr=0.04,gamma=2.5", "lr=0.01,gamma=10", 1e-14 },
		{ "ntd", "fraction=0.5", "fraction=0.5", 1e-9 },
		{ "ellipsoid", "", "", 1e-12 },
		{ "cutting-plane", "", "", 1e-9 },
		{ "dual-averaging", "", "", 1e-14 },
		{ "dual-averaging", "weights=simple,lr=0.04", "weights=simple,lr=0.01", 1e-14 },
		{ "mirror-descent", "lr=0.04", "lr=0.01", 1e-14 },
		{ "mirror-descent", "map=hypentropy,lr=0.04", "map=hypentropy,lr=0.01", 1e-14 },
		{ "restarted-subgradient", "lr=0.04,period=7", "lr=0.01,period=7", 1e-14 },
		{ "coordinate-descent", "order=cyclic,lr=0.04", "order=cyclic,lr=0.01", 1e-14 },
	};

	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
		double a[2], b[2], found;

		play_run(rules[i].optimizer, rules[i].options, "quadratic", "a=1,b=5", far, 2,
			30, a);
		play_run(rules[i].optimizer, rules[i].scaled, "quadratic", "a=4,b=20", far, 2,
			30, b);
		found = play_apart(a, b, 2);
		cr_assert(found <= rules[i].within, "%s: f and 4 f are %g apart",
			rules[i].optimizer, found);
	}
	no_leak();
}

/* Methods that use only inner products commute with a rotation; Adam does not. */
Test(invariances, rotation, .timeout = 20)
{
	static const struct {
		const char *optimizer, *options;
		int commutes;
	} methods[] = {
		{ "sgd", "lr=0.05,momentum=0.5", 1 },
		{ "polyak", "relax=0.9", 1 },
		{ "sps", "c=1", 1 },
		{ "momsps", "", 1 },
		{ "ali-g", "lr=1", 1 },
		{ "momo", "", 1 },
		{ "sam", "lr=0.05,momentum=0", 1 },
		{ "usam-ps", "", 1 },
		{ "sam-ps", "", 1 },
		{ "dog", "reps_rel=0.1", 1 },
		{ "dowg", "eps=0.01", 1 },
		{ "d-adapt-sgd", "d0=0.1", 1 },
		{ "adagrad-norm", "", 1 },
		{ "schedule-free-sgd", "lr=0.05", 1 },
		{ "gsam", "lr=0.05,momentum=0", 1 },
		{ "friendly-sam", "lr=0.05", 1 },
		{ "looksam", "lr=0.05,k=3", 1 },
		{ "momentum-sam", "lr=0.05", 1 },
		{ "lightsam", "variant=adagrad-norm,lr=0.1", 1 },
		{ "sa-sam", "lr=0.05", 1 },
		{ "sps-safe", "", 1 },
		{ "ima-sps-safe", "lambda=9", 1 },
		{ "o2nc", "scaling=none", 1 },
		{ "exponentiated-o2nc", "scaling=none", 1 },
		{ "derandomised-o2nc", "", 1 },
		{ "ntd", "fraction=0.5", 1 },
		{ "ellipsoid", "", 1 },
		{ "ellipsoid", "cut=deep", 1 },
		{ "dual-averaging", "", 1 },
		{ "mirror-descent", "q=2,lr=0.05", 1 },
		{ "mirror-descent", "q=4,lr=0.05", 0 },
		{ "mirror-descent", "map=hypentropy,lr=0.05", 0 },
		{ "restarted-subgradient", "lr=0.05,period=7", 1 },
		{ "coordinate-descent", "order=cyclic,lr=0.05", 0 },
		{ "shampoo", "", 1 },
		{ "shampoo", "max_dim=1", 0 },
		{ "muon", "vectors=muon", 1 },
		{ "soap", "lr=0.1", 0 },
		{ "asam", "lr=0.05", 0 },
		{ "adopt", "lr=0.1", 0 },
		{ "adan", "lr=0.1", 0 },
		{ "ademamix", "lr=0.1", 0 },
		{ "signum", "lr=0.1", 0 },
		{ "adam", "lr=0.1", 0 },
		{ "lion", "lr=0.1", 0 },
		{ "prodigy", "d0=0.1", 0 },
	};

	for (size_t i = 0; i < sizeof methods / sizeof *methods; i++) {
		double start[2] = { 0.6 * far[0] + 0.8 * far[1], 0.6 * far[1] - 0.8 * far[0] };
		double a[2], b[2], back[2], found;

		play_run(methods[i].optimizer, methods[i].options, "quadratic", "a=1,b=5", far,
			2, 15, a);
		play_run(methods[i].optimizer, methods[i].options, "turned", "a=1,b=5", start,
			2, 15, b);
		back[0] = 0.6 * b[0] - 0.8 * b[1];
		back[1] = 0.8 * b[0] + 0.6 * b[1];
		found = play_apart(a, back, 2);
		if (methods[i].commutes)
			cr_assert(found < 1e-9, "%s: rotated %g apart", methods[i].optimizer,
				found);
		else
			cr_assert(found > 1e-3, "%s should not commute with a rotation (%g)",
				methods[i].optimizer, found);
	}
	no_leak();
}

static int is_first_order(const struct nso_optimizer *o)
{
	return strcmp(o->group, "nonsmooth") && strcmp(o->group, "wrapped") &&
	       strcmp(o->group, "baseline") &&
	       !(o->needs & (NSO_RANDOM | NSO_PROX | NSO_SMOOTHNESS | NSO_SADDLE));
}

/* The order of the coordinates is nobody's business. */
Test(invariances, permutation_of_all, .timeout = 20)
{
	enum { N = 9 };
	double start[N], a[N], b[N], back[N];
	size_t tried = 0;

	for (size_t i = 0; i < N; i++)
		start[i] = far[N - 1 - i];
	for (size_t k = 0; optimizer_at(k); k++) {
		const struct nso_optimizer *o = optimizer_at(k);

		if (!is_first_order(o))
			continue;
		play_run(o->name, "", "ellipse", "", far, N, 12, a);
		play_run(o->name, "", "reversed", "", start, N, 12, b);
		for (size_t i = 0; i < N; i++)
			back[i] = b[N - 1 - i];
		cr_assert(play_apart(a, back, N) < 1e-9, "%s: permuted %g apart", o->name,
			play_apart(a, back, N));
		tried++;
	}
	cr_assert(tried > 30, "only %zu methods were tried", tried);
	no_leak();
}
