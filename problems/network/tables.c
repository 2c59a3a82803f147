/* tables.c -- data sets from CSV and LIBSVM files: classes or numbers as targets, and the
 * split. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "data.h"

/* The test rows behind the training rows: both are of one file format. */
static int append(struct samples *s, const struct samples *more, struct reason why)
{
	struct rows *a = &s->a;
	const struct rows *b = &more->a;
	size_t used = a->start[a->m], added = b->start[b->m];
	size_t *start = realloc(a->start, (a->m + b->m + 1) * sizeof *start);
	unsigned *col = realloc(a->col, (used + added) * sizeof *col);
	double *val = realloc(a->val, (used + added) * sizeof *val);
	double *y = realloc(s->y, (a->m + b->m) * sizeof *y);

	a->start = start ? start : a->start;
	a->col = col ? col : a->col;
	a->val = val ? val : a->val;
	s->y = y ? y : s->y;
	if (!start || !col || !val || !y)
		return refuse_data(why, "not enough memory for the test rows");
	memcpy(col + used, b->col, added * sizeof *col);
	memcpy(val + used, b->val, added * sizeof *val);
	memcpy(y + a->m, more->y, b->m * sizeof *y);
	for (size_t i = 1; i <= b->m; i++)
		start[a->m + i] = used + b->start[i];
	a->m += b->m;
	a->n = b->n > a->n ? b->n : a->n;
	return 0;
}

static int shape(struct dataset *d, struct samples *s, struct reason why)
{
	snprintf(d->said, sizeof d->said, "%s", s->said);
	labels_describe(s, d->target, sizeof d->target);
	d->shape = (struct shape){ 1, 1, s->a.n };
	if (s->y && labels_whole(s)) {
		if (labels_classes(s, &d->classes, why))
			return -1;
	} else if (s->y) {
		d->targets = 1;
	}
	if (samples_dense(s, why))
		return -1;
	return dataset_grow(d, s->a.m, 0)
		       ? refuse_data(
				 why, "not enough memory for %zu x %zu numbers", s->a.m, s->a.n)
		       : 0;
}

static void fill(struct dataset *d, const struct samples *s, const size_t *order)
{
	size_t n = s->a.n;

	for (size_t i = 0; i < s->a.m; i++, d->rows++) {
		size_t from = order[i];

		memcpy(d->numbers + i * n, s->a.val + from * n, n * sizeof *d->numbers);
		if (d->classes)
			d->labels[i] = (uint16_t)s->y[from];
		else if (d->targets)
			d->values[i] = s->y[from];
	}
}

/* The rows in a fixed order; with a test file, in the files'. */
static int arrange(struct dataset *d, const struct samples *s, int split, struct reason why)
{
	uint16_t *label = malloc((s->a.m + 1) * sizeof *label);
	size_t *order = malloc((s->a.m + 1) * sizeof *order);
	int bad = !label || !order;

	for (size_t i = 0; !bad && i < s->a.m; i++) {
		label[i] = d->classes ? (uint16_t)s->y[i] : 0;
		order[i] = i;
	}
	if (!bad && split)
		bad = stratified_order(label, d->classes, s->a.m, order);
	if (!bad)
		fill(d, s, order);
	free(label);
	free(order);
	return bad ? refuse_data(why, "not enough memory for %zu rows", s->a.m) : 0;
}

/* A class without training rows cannot be learned: the first such, and how many. */
static void look_for_unseen(struct dataset *d)
{
	size_t unseen = 0, first = 0;
	uint8_t *seen = calloc(d->classes + 1, 1);

	for (size_t i = 0; seen && i < d->train.rows && d->labels; i++)
		seen[d->train.labels[i]] = 1;
	for (size_t c = d->classes; seen && c-- > 0;)
		if (!seen[c]) {
			unseen++;
			first = c;
		}
	free(seen);
	if (unseen)
		snprintf(d->note, sizeof d->note,
			"warning: %zu of %zu classes have no training row; "
			"the first is number %zu in the order of the labels",
			unseen, d->classes, first);
}

/* The file's rows to train and those of NAME.t to test, where there is one; else one in five.
 */
int load_table(struct dataset *d, const char *name, struct wish wish, struct reason why)
{
	struct samples s, test = { 0 };
	char other[512], path[4096];
	size_t train;
	int status = samples_read(&s, name, wish.how, why);

	if (status)
		return -1;
	train = s.a.m;
	snprintf(other, sizeof other, "%s.t", name);
	if (s.a.col && !nso_data_path(other, path, sizeof path))
		status = samples_read(&test, other, wish.how, why) || append(&s, &test, why);
	if (!status)
		status = shape(d, &s, why) || arrange(d, &s, !test.a.m, why);
	if (!status) {
		dataset_split(d, test.a.m ? train : train - train / 5, wish);
		look_for_unseen(d);
	}
	samples_free(&s);
	samples_free(&test);
	return status ? -1 : 0;
}
