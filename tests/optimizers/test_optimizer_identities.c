/* test_optimizer_identities.c -- what must hold between two methods, or between two runs of
 * one. */
#include <stdlib.h>
#include <string.h>
#include <cjson/cJSON.h>
#include "leak.h"
#include "play.h"
#include "ground/registry.h"
#include "run/schedule.h"

enum { MOST = 16 };
static const double far[] = { 1.5, -0.8, 0.7, 2.1, -1.3, 0.4, -0.9, 1.1, 0.3 };

struct pair {
	const char *one, *one_options, *other, *other_options, *problem, *problem_options;
	double within; /* 0: bit for bit */
};

static void same(const struct pair *pairs, size_t count, size_t steps)
{
	for (size_t i = 0; i < count; i++) {
		const struct pair *p = &pairs[i];
		size_t n = strcmp(p->problem, "valley") ? 9 : 2;
		double a[MOST], b[MOST], found;

		play_run(p->one, p->one_options, p->problem, p->problem_options, far, n, steps,
			a);
		play_run(p->other, p->other_options, p->problem, p->problem_options, far, n,
			steps, b);
		cr_assert(play_apart(a, far, n) > 1e-9, "%s:%s does not move", p->one,
			p->one_options);
		found = play_apart(a, b, n);
		cr_assert(found <= p->within, "%s:%s and %s:%s on %s are %g apart", p->one,
			p->one_options, p->other, p->other_options, p->problem, found);
	}
}

Test(identities, between_methods, .timeout = 20)
{
	static const struct pair pairs[] = {
		{ "s-adam", "lambda=0", "adamw", "eps_hat=on", "valley", "", 0 },
		{ "s-adam", "lambda=0,eps_hat=off", "adamw", "", "manhattan", "", 0 },
		{ "s-adam", "k=1,lr=0.05", "adamw", "eps_hat=on,lr=0.05", "manhattan", "", 0 },
		{ "s-adam", "cap=0,lr=0.05", "adamw", "eps_hat=on,lr=0.05", "manhattan", "",
			0 },
		{ "adamw-damped", "k=1", "s-adam", "k=1", "valley", "", 0 },
		{ "adamw", "weight_decay=0", "adam", "", "manhattan", "", 0 },
		{ "sgd", "lr=0.01", "subgradient", "lr=0.01", "manhattan", "", 0 },
		{ "sgd", "lr=0.01,momentum=0.9", "prox-sgd", "l1=0", "valley", "", 1e-13 },
		{ "sam", "rho=0,lr=0.01", "sgd", "lr=0.01,momentum=0.9", "manhattan", "",
			1e-13 },
		{ "usam", "lambd=1", "sam", "", "ellipse", "", 0 },
		{ "sam-sps", "rho=0,weight_decay=0,gamma_b=0.02", "sps", "c=1,gamma_b=0.02",
			"valley", "", 1e-13 },
		{ "momsps", "momentum=0", "sps", "c=1", "manhattan", "", 1e-12 },
		{ "ali-g", "eps=0", "sps", "c=1,gamma_b=0.1", "valley", "", 1e-12 },
		{ "adaml", "phi=0", "eadam", "", "unit", "a=1,b=3", 0 },
		{ "adaml", "phi=0,variant=belief-scaled", "adabelief", "rectify=off,eps=1e-8",
			"unit", "a=1,b=3", 2e-5 },
		{ "eadam", "eps=1e-300", "adam", "eps=1e-300", "valley", "", 1e-12 },
		{ "rmsprop", "alpha=0.999,lr=0.001", "s-adam",
			"beta1=0,bias_correction=off,lambda=0,weight_decay=0", "manhattan", "",
			0 },
		{ "adabelief", "beta1=0,rectify=off,eps=1e-10,lr=1e-6", "sgd",
			"lr=0.0031622766601686974", "ellipse", "", 1e-9 },
		{ "radam", "variant=torch", "radam", "degenerated_to_sgd=on", "ellipse", "",
			0 },
		{ "schedule-free-sgd", "weight_lr_power=0,lr=0.01", "schedule-free-sgd",
			"lr=0.01", "manhattan", "", 1e-13 },
		{ "adagrad", "initial_accumulator_value=1e12,lr=1e4", "sgd", "lr=0.01",
			"manhattan", "", 1e-6 },
		{ "asam", "eta=1e9,rho=5e-11,lr=0.01", "sam", "lr=0.01", "manhattan", "",
			1e-6 },
		{ "asam", "rho=0,base=adam", "adamw", "weight_decay=0", "valley", "", 0 },
		{ "gsam", "alpha=0,lr=0.01", "sam", "lr=0.01", "valley", "", 1e-9 },
		{ "friendly-sam", "sigma=0,lr=0.01", "sam", "lr=0.01", "ellipse", "", 1e-9 },
		{ "friendly-sam", "sigma=0,lr=0.01", "friendly-sam",
			"sigma=0,lr=0.01,variant=paper", "valley", "", 0 },
		{ "looksam", "k=1,rho=0.05,lr=0.01", "sam", "lr=0.01", "valley", "", 1e-9 },
		{ "looksam", "alpha=0,rho=0,base=adam,weight_decay=0.1", "adamw",
			"weight_decay=0.1", "manhattan", "", 0 },
		{ "momentum-sam", "rho=0,lr=0.01", "sgd", "lr=0.01,momentum=0.9", "manhattan",
			"", 1e-13 },
		{ "lightsam", "variant=adagrad,rho=0,lr=0.1", "adagrad", "lr=0.1,eps=1e-12",
			"ellipse", "", 1e-10 },
		{ "lightsam", "variant=adagrad-norm,rho=0,lr=0.1", "adagrad-norm",
			"lr=0.1,b0=1e-12", "ellipse", "", 1e-10 },
		{ "adasam", "rho=0", "amsgrad", "variant=paper,lr=0.01,eps=1e-13", "valley", "",
			1e-9 },
		{ "ademamix", "alpha=0,weight_decay=0.1", "adamw", "weight_decay=0.1", "valley",
			"", 1e-12 },
		{ "adan", "beta2=0", "adam", "beta1=0.98,beta2=0.99", "valley", "", 1e-12 },
		{ "mars", "gamma=0", "adam", "lr=0.003,beta1=0.95,beta2=0.99", "manhattan", "",
			1e-6 },
		{ "mars", "gamma=0", "mars", "gamma=0,exact=on", "valley", "", 0 },
		{ "sophia", "gamma=0,weight_decay=0,lr=0.01", "signum",
			"momentum=0.965,lr=0.01", "ellipse", "", 1e-13 },
		{ "signum", "momentum=0,lr=0.01", "lion", "beta1=0,lr=0.01", "manhattan", "",
			0 },
		{ "muon", "", "adam", "lr=3e-4,beta2=0.95,eps=1e-10", "manhattan", "", 0 },
		{ "shampoo", "max_dim=0", "adagrad",
			"lr=0.1,initial_accumulator_value=1e-6,eps=0", "ellipse", "", 1e-12 },
		{ "soap", "max_precond_dim=1", "soap", "", "ellipse", "", 0 },
		{ "exponentiated-o2nc", "scaling=none,lr=0.01", "sgd", "lr=0.009,momentum=0.9",
			"manhattan", "", 1e-12 },
		{ "derandomised-o2nc", "answer=iterate,period=1000", "sgd",
			"lr=0.01,momentum=0.9", "manhattan", "", 1e-12 },
	};

	static const struct pair chaotic[] = {
		/* Polyak steps: an ulp grows by 10^12 in 40 of them */
		{ "sam-ps", "rho=0", "polyak", "", "ellipse", "", 1e-10 },
		{ "usam-ps", "rho=0", "polyak", "", "ellipse", "", 1e-10 },
		{ "sps", "c=1,gamma_b=inf", "polyak", "", "ellipse", "", 1e-10 },
		{ "momo", "beta=0", "sps", "c=1", "valley", "", 1e-10 },
		{ "sps-safe", "m=1e-300", "polyak", "", "ellipse", "", 1e-10 },
		{ "ima-sps-safe", "lambda=0,m=3", "sps-safe", "m=3", "manhattan", "", 1e-10 },
		{ "ima-sps-safe", "m=1e-300,lambda=0", "sps", "c=1,gamma_b=inf", "valley", "",
			1e-10 },
	};

	same(pairs, sizeof pairs / sizeof *pairs, 60);
	same(chaotic, sizeof chaotic / sizeof *chaotic, 8);
	no_leak();
}

/* SAM-PS on L x^2/2 stalls where |x| = rho; with a radius that vanishes it converges. */
Test(identities, vanishing_radius, .timeout = 20)
{
	double start[1] = { 2 }, x[1];

	play_run("sam-ps", "rho=0.1", "quadratic", "a=4", start, 1, 500, x);
	cr_assert(fabs(fabs(x[0]) - 0.1) < 1e-9, "constant radius: |x| = %g", fabs(x[0]));
	play_run("sam-ps", "rho=0.1,rho_decay=0.5", "quadratic", "a=4", start, 1, 500, x);
	cr_assert(fabs(x[0]) < 0.011, "rho/sqrt t: |x| = %g", fabs(x[0]));
	play_run("sam-ps", "rho=0.1,rho_decay=2", "quadratic", "a=4", start, 1, 500, x);
	cr_assert(fabs(x[0]) < 1e-6, "rho/t^2: |x| = %g", fabs(x[0]));
	no_leak();
}

/* Schedule-Free with beta = 0 is the mean of the base method's iterates. */
Test(identities, schedule_free_averages, .timeout = 20)
{
	enum { STEPS = 25 };
	double x[2], mean[2] = { 0 }, found[2];

	for (size_t t = 1; t <= STEPS; t++) {
		play_run("sgd", "lr=0.05", "quadratic", "a=1,b=5", far, 2, t, x);
		for (size_t i = 0; i < 2; i++)
			mean[i] += x[i] / STEPS;
	}
	play_run("schedule-free-sgd", "lr=0.05,momentum=0", "quadratic", "a=1,b=5", far, 2,
		STEPS, found);
	cr_assert(play_apart(mean, found, 2) < 1e-13, "%g apart", play_apart(mean, found, 2));
	no_leak();
}

/* With constant gradients the denominators have closed forms. */
Test(identities, denominators, .timeout = 20)
{
	cJSON *all = play_read("vectors.json"), *belief = cJSON_GetObjectItem(all, "belief");
	const char *options = "lr=0.25,eps=1e-40,rectify=off";
	double x[1], y[1], start[1] = { 0 }, move;

	play_run("eadam", "lr=0.25,eps=0.003", "linear", "", start, 1, 40, x);
	cr_assert(
		fabs(x[0] + 40 * 0.25 / sqrt(1 + 0.003 / 0.001)) < 1e-12, "eadam: %.15g", x[0]);
	play_run("adam", "lr=0.25,eps=0.003", "linear", "", start, 1, 40, x);
	cr_assert(fabs(x[0] + 40 * 0.25 / 1.003) < 1e-12, "adam: %.15g", x[0]);
	play_run("adabelief", options, "linear", "", start, 1, 99, x);
	play_run("adabelief", options, "linear", "", start, 1, 100, y);
	move = 0.25 / (x[0] - y[0]); /* the root of the corrected s, m being 1 */
	cr_assert(fabs(move * move / cJSON_GetObjectItem(belief, "steady_s_hat")->valuedouble -
			  1) < 1e-9,
		"steady s: %.15g", move * move);
	playground_calls = 0;
	play_run("adabelief", options, "alternating", "", start, 1, 99, x);
	playground_calls = 0;
	play_run("adabelief", options, "alternating", "", start, 1, 100, y);
	move = 0.25 * cJSON_GetObjectItem(belief, "alternating_m")->valuedouble /
	       (1 - pow(0.9, 100)) / (x[0] - y[0]);
	cr_assert(
		fabs(move * move /
				cJSON_GetObjectItem(belief, "alternating_s_hat")->valuedouble -
			1) < 1e-9,
		"alternating s: %.15g", move * move);
	cJSON_Delete(all);
	no_leak();
}

/* Plays on [-1, 1] against slopes that repeat, with lr/sqrt t and no bias correction. */
static double online(const char *optimizer, const char *options, double up, double period,
	double x0, size_t steps)
{
	char problem[80];
	struct play p;
	double x;

	snprintf(problem, sizeof problem, "a=%.17g,b=%g", up, period);
	playground_calls = 0;
	cr_assert(play_start(&p, optimizer, options, "online", problem, &x0, 1) == 0, "%s",
		p.why.text);
	cr_assert(schedule_parse("1/sqrt", &p.cell.schedule, &p.why) == 0, "%s", p.why.text);
	while (p.f.step < steps) {
		play_step(&p);
		p.x[0] = fmax(-1, fmin(1, p.x[0]));
	}
	x = p.x[0];
	play_end(&p);
	return x;
}

/* Reddi, Kale, Kumar 2018: Adam ends at the worst point, AMSGrad finds the best. */
Test(identities, adam_fails_where_amsgrad_does_not, .timeout = 20)
{
	cJSON *all = play_read("vectors.json");
	const cJSON *of, *steps;

	cJSON_ArrayForEach(of, cJSON_GetObjectItem(all, "reddi"))
	{
		double C = cJSON_GetObjectItem(of, "C")->valuedouble, b2 = 1 / (1 + C * C), x;
		char options[160];
		int i = 0;

		cJSON_ArrayForEach(steps, cJSON_GetObjectItem(of, "steps"))
		{
			snprintf(options, sizeof options,
				"lr=%.17g,beta1=0,beta2=%.17g,eps=0,weight_decay=0,lambda=0,"
				"bias_correction=off",
				0.5 * sqrt(1 - b2), b2);
			x = online("s-adam", options, C, 3, 1, (size_t)steps->valueint);
			cr_assert(
				fabs(x - cJSON_GetArrayItem(cJSON_GetObjectItem(of, "adam"), i)
						 ->valuedouble) < 1e-9,
				"Adam, C = %g: %.15g", C, x);
			snprintf(options, sizeof options,
				"lr=%.17g,beta1=0,beta2=%.17g,eps=0,variant=paper",
				0.5 * sqrt(1 - b2), b2);
			x = online("amsgrad", options, C, 3, 1, (size_t)steps->valueint);
			cr_assert(fabs(x - cJSON_GetArrayItem(
						   cJSON_GetObjectItem(of, "amsgrad"), i)
						   ->valuedouble) < 1e-9,
				"AMSGrad, C = %g: %.15g", C, x);
			i++;
		}
	}
	of = cJSON_GetObjectItem(all, "reddi_b");
	{ /* slopes 1010 and -10: without eps only their ratio matters */
		const char *both = "lr=0.5,beta1=0.9,beta2=0.99,eps=0";
		double period = cJSON_GetObjectItem(of, "period")->valuedouble;
		double up = cJSON_GetObjectItem(of, "up")->valuedouble /
			    -cJSON_GetObjectItem(of, "down")->valuedouble;
		size_t count = (size_t)cJSON_GetObjectItem(of, "steps")->valueint;
		char options[160];
		double x;

		snprintf(options, sizeof options,
			"%s,weight_decay=0,lambda=0,bias_correction=off", both);
		x = online("s-adam", options, up, period, 0, count);
		cr_assert(fabs(x - cJSON_GetObjectItem(of, "adam")->valuedouble) < 1e-8,
			"Adam: %.15g", x);
		snprintf(options, sizeof options, "%s,variant=paper", both);
		x = online("amsgrad", options, up, period, 0, count);
		cr_assert(fabs(x - cJSON_GetObjectItem(of, "amsgrad")->valuedouble) < 1e-8,
			"AMSGrad: %.15g", x);
	}
	cJSON_Delete(all);
	no_leak();
}

/* EAdam near a minimum is heavy ball: the factor per step is the root of beta1. */
Test(identities, eadam_contracts, .timeout = 20)
{
	cJSON *all = play_read("vectors.json"), *of = cJSON_GetObjectItem(all, "contraction");
	double start[2] = { 1, 1 }, first, factor, from, to;
	struct play p;

	from = cJSON_GetObjectItem(of, "from")->valuedouble;
	to = cJSON_GetObjectItem(of, "to")->valuedouble;
	cr_assert(play_start(&p, "eadam", cJSON_GetObjectItem(of, "options")->valuestring,
			  "quadratic", "a=1,b=10", start, 2) == 0,
		"%s", p.why.text);
	play_steps(&p, (size_t)from);
	first = hypot(p.x[0], p.x[1]);
	play_steps(&p, (size_t)to);
	factor = pow(hypot(p.x[0], p.x[1]) / first, 1 / (to - from));
	cr_assert(fabs(factor - cJSON_GetObjectItem(of, "value")->valuedouble) <
			  cJSON_GetObjectItem(of, "tolerance")->valuedouble,
		"%.9g", factor);
	play_steps(&p, (size_t)cJSON_GetObjectItem(of, "final_step")->valuedouble);
	cr_assert(fabs(play_value(&p) / cJSON_GetObjectItem(of, "final_f")->valuedouble - 1) <
			  0.01,
		"f = %g", play_value(&p));
	play_end(&p);
	cJSON_Delete(all);
	no_leak();
}
