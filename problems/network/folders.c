/* folders.c -- MNIST and CIFAR in the folders that their archives and other programs make. */
#include <stdio.h>
#include <string.h>
#include "data.h"

enum { MOST_FOLDERS = 4 };
static const struct known {
	const char *name;
	const char *folder[MOST_FOLDERS + 1];
} known[] = {
	{ "mnist", { "mnist", "MNIST/raw", "MNIST", "mnist/MNIST/raw" } },
	{ "fashion-mnist", { "fashion-mnist", "FashionMNIST/raw", "FashionMNIST",
				   "fashion-mnist/FashionMNIST/raw" } },
	{ "cifar-10", { "cifar-10", "cifar-10-batches-bin", "cifar-10/cifar-10-batches-bin" } },
	{ "cifar-100", { "cifar-100", "cifar-100-binary", "cifar-100/cifar-100-binary" } },
};

/* The file under the first of the data set's folders that has it, its name ending in one of the
 * endings; where none has it, as a refusal should name it. */
static int find(
	const char *name, const char *file, const char *const *endings, char *path, size_t size)
{
	const char *const *folder = NULL;
	char found[4096];

	for (size_t k = 0; k < sizeof known / sizeof *known; k++)
		if (!strcmp(known[k].name, name))
			folder = known[k].folder;
	for (size_t i = 0; folder && folder[i]; i++)
		for (size_t e = 0; endings[e]; e++) {
			snprintf(path, size, "%s/%s%s", folder[i], file, endings[e]);
			if (!nso_data_path(path, found, sizeof found))
				return 0;
		}
	snprintf(path, size, "%s/%s%s", name, file, endings[0]);
	return -1;
}

/* ------------------------------------------------------------------ MNIST
 * --------------------- */

static const char *const images[] = { "-images-idx3-ubyte", "-images.idx3-ubyte", NULL };
static const char *const labels[] = { "-labels-idx1-ubyte", "-labels.idx1-ubyte", NULL };

static int load_idx(struct dataset *d, const char *name, const char *part, struct reason why)
{
	size_t first = d->rows;
	char path[256];
	struct file f;
	int status;

	find(name, part, images, path, sizeof path);
	if (file_open(&f, path, why))
		return -1;
	status = read_idx_images(d, &f, why);
	file_close(&f);
	find(name, part, labels, path, sizeof path);
	if (status || file_open(&f, path, why))
		return -1;
	status = read_idx_labels(d, &f, first, why);
	file_close(&f);
	return status;
}

/* Without the training files the test set serves: its first four fifths to train, the rest to
 * test. */
int load_mnist(struct dataset *d, const char *name, struct wish wish, struct reason why)
{
	char path[256];
	size_t train;

	d->classes = 10;
	if (!find(name, "train", images, path, sizeof path) && load_idx(d, name, "train", why))
		return -1;
	train = d->rows;
	if (load_idx(d, name, "t10k", why))
		return -1;
	dataset_split(d, train ? train : d->rows - d->rows / 5, wish);
	if (!train)
		snprintf(d->note, sizeof d->note,
			"warning: %s has no training files here; the first "
			"%zu of the %zu pictures of its test set serve to train, the others to "
			"test",
			name, d->rows - d->rows / 5, d->rows);
	return 0;
}

/* ------------------------------------------------------------------ CIFAR
 * --------------------- */

int load_cifar(struct dataset *d, const char *name, struct wish wish, struct reason why)
{
	static const char *const ten[] = { "data_batch_1", "data_batch_2", "data_batch_3",
		"data_batch_4", "data_batch_5", "test_batch", NULL };
	static const char *const hundred[] = { "train", "test", NULL };
	static const char *const ending[] = { ".bin", NULL };
	int fine = !strcmp(name, "cifar-100");
	const char *const *names = fine ? hundred : ten;
	size_t train = 0;

	for (size_t i = 0; names[i]; i++) {
		char path[256];
		struct file f;
		int status;

		train = d->rows;
		find(name, names[i], ending, path, sizeof path);
		if (file_open(&f, path, why))
			return -1;
		status = read_cifar(d, &f, fine, why);
		file_close(&f);
		if (status)
			return -1;
	}
	dataset_split(d, train, wish);
	return 0;
}
