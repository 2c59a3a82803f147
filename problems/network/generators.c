/* generators.c -- embedded data without pictures: two spirals (Lang, Witbrock 1988), Gaussian
 * blobs, and sentences of a small grammar for the character models. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include "data.h"

static int numbers(struct dataset *d, size_t features, size_t classes, size_t rows)
{
	d->shape = (struct shape){ 1, 1, features };
	d->classes = classes;
	return dataset_grow(d, rows, 0);
}

/* Two arms of one and a half turns each, the second the first turned by half a turn. */
int make_spirals(struct dataset *d, struct wish wish, gsl_rng *rng)
{
	size_t train = wish.train ? wish.train : 2000, test = wish.test ? wish.test : 1000;
	double noise = wish.noise < 0 ? 0.02 : wish.noise;

	if (numbers(d, 2, 2, train + test))
		return -1;
	for (; d->rows < train + test; d->rows++) {
		double *at = d->numbers + 2 * d->rows, sign = d->rows % 2 ? -1 : 1;
		double t = sqrt(gsl_rng_uniform(rng)), angle = 3 * M_PI * t,
		       radius = 0.08 + 0.92 * t;

		at[0] = sign * radius * cos(angle) + gsl_ran_gaussian(rng, noise);
		at[1] = sign * radius * sin(angle) + gsl_ran_gaussian(rng, noise);
		d->labels[d->rows] = (uint16_t)(d->rows % 2);
	}
	dataset_split(d, train, wish);
	return 0;
}

/* Ten classes in 20 dimensions, means N(0, 1), deviation `noise` about them. */
int make_blobs(struct dataset *d, struct wish wish, gsl_rng *rng)
{
	enum { FEATURES = 20, CLASSES = 10 };
	size_t train = wish.train ? wish.train : 2000, test = wish.test ? wish.test : 1000;
	double mean[CLASSES * FEATURES], noise = wish.noise < 0 ? 1 : wish.noise;

	if (numbers(d, FEATURES, CLASSES, train + test))
		return -1;
	for (size_t j = 0; j < CLASSES * FEATURES; j++)
		mean[j] = gsl_ran_gaussian(rng, 1);
	for (; d->rows < train + test; d->rows++) {
		size_t class = d->rows % CLASSES;

		d->labels[d->rows] = (uint16_t) class;
		for (size_t j = 0; j < FEATURES; j++)
			d->numbers[d->rows * FEATURES + j] =
				mean[class * FEATURES + j] + gsl_ran_gaussian(rng, noise);
	}
	dataset_split(d, train, wish);
	return 0;
}

static const char *pick(gsl_rng *rng, const char *const *words, size_t count)
{
	return words[gsl_rng_uniform_int(rng, count)];
}

/* "the old cat sees a dog that sleeps. ": number agrees, so that there is something to
 * remember. */
static void sentence(gsl_rng *rng, char *out, size_t size)
{
	static const char *const adjectives[] = { "", "old ", "small ", "quick ", "grey " };
	static const char *const nouns[] = { "cat", "dog", "bird", "child", "king" };
	static const char *const verbs[] = { "see", "hear", "follow", "know" };
	static const char *const ends[] = { "sleep", "sing", "wait" };
	int many = (int)gsl_rng_uniform_int(rng, 2), others = (int)gsl_rng_uniform_int(rng, 2);

	snprintf(out, size, "the %s%s%s %s%s the %s%s%s that %s%s. ", pick(rng, adjectives, 5),
		pick(rng, nouns, 5), many ? "s" : "", pick(rng, verbs, 4), many ? "" : "s",
		pick(rng, adjectives, 5), pick(rng, nouns, 5), others ? "s" : "",
		pick(rng, ends, 3), others ? "" : "s");
}

int make_grammar(struct dataset *d, struct wish wish, gsl_rng *rng)
{
	size_t steps = wish.steps ? wish.steps : 32, train = wish.train ? wish.train : 1000;
	size_t length = (train + (wish.test ? wish.test : train / 4 + 1)) * steps + 1, used = 0;
	char line[128], why[80];
	struct file f = {
		.name = "grammar", .flaw = "", .bytes = calloc(length + sizeof line + 1, 1)
	};
	int status;

	if (!f.bytes)
		return -1;
	while (used < length) {
		sentence(rng, line, sizeof line);
		memcpy(f.bytes + used, line, strlen(line));
		used += strlen(line);
	}
	f.length = length;
	status = read_text(d, &f, steps, (struct reason){ why, sizeof why });
	dataset_split(d, train, wish);
	file_close(&f);
	return status;
}
