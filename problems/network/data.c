/* data.c -- data sets by name. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "data.h"

static int load_text(struct dataset *d, const char *name, struct wish wish, struct reason why)
{
	struct file f;
	int status;

	if (file_open(&f, name, why))
		return -1;
	status = read_text(d, &f, wish.steps, why);
	file_close(&f);
	if (!status)
		dataset_split(d, d->rows - d->rows / 5, wish);
	return status;
}

/* ------------------------------------------------------------------ by name ------------------- */

static const struct {
	const char *name;
	int (*make)(struct dataset *, struct wish, gsl_rng *);
} generators[] = {
	{ "glyphs", make_glyphs },
	{ "glyphs-rgb", make_glyphs_rgb },
	{ "spirals", make_spirals },
	{ "blobs", make_blobs },
	{ "grammar", make_grammar },
};

static int load(
	struct dataset *d, const char *name, struct wish wish, gsl_rng *rng, struct reason why)
{
	char path[4096];

	for (size_t i = 0; i < sizeof generators / sizeof *generators; i++)
		if (!strcmp(name, generators[i].name))
			return generators[i].make(d, wish, rng)
				       ? refuse_data(why, "not enough memory for %s", name)
				       : 0;
	if (!strcmp(name, "mnist") || !strcmp(name, "fashion-mnist"))
		return load_mnist(d, name, wish, why);
	if (!strcmp(name, "cifar-10") || !strcmp(name, "cifar-100"))
		return load_cifar(d, name, wish, why);
	if (ends_in(name, ".txt"))
		return load_text(d, name, wish, why);
	if (ends_in(name, ".csv") || ends_in(name, ".tsv") || ends_in(name, ".libsvm") ||
		!nso_data_path(name, path, sizeof path))
		return load_table(d, name, wish, why);
	return refuse_data(why,
		"data \"%.60s\" is unknown and no file; expected glyphs, glyphs-rgb, spirals, "
		"blobs, "
		"mnist, fashion-mnist, cifar-10, cifar-100, or a file .csv, .libsvm, .txt",
		name);
}

int dataset_raw(
	struct dataset *d, const char *name, struct wish wish, gsl_rng *rng, struct reason why)
{
	*d = (struct dataset){ .scale = { 1, 1, 1, 1 } };
	if (!load(d, name, wish, rng, why))
		return 0;
	dataset_clear(d);
	return -1;
}

int dataset_load(
	struct dataset *d, const char *name, struct wish wish, gsl_rng *rng, struct reason why)
{
	if (dataset_raw(d, name, wish, rng, why))
		return -1;
	dataset_standardise(d);
	return 0;
}

struct network *network_with_data(
	const char *name, struct wish wish, gsl_rng *rng, struct nso_facts *facts)
{
	struct network *net = calloc(1, sizeof *net);
	struct reason why = { facts->why, sizeof facts->why };

	if (!net || dataset_load(&net->data, name, wish, rng, why)) {
		free(net);
		return NULL;
	}
	return net;
}
