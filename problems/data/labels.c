/* labels.c -- targets as class labels: any numbers or words, counted in ascending order. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "nsobench.h"
#include "samples.h"

static int ascending(const void *left, const void *right)
{
	double a, b;

	memcpy(&a, left, sizeof a);
	memcpy(&b, right, sizeof b);
	return (a > b) - (a < b);
}

double *labels_different(const double *y, size_t m, size_t *count)
{
	double *v = malloc((m + 1) * sizeof *v);

	*count = 0;
	if (!v)
		return NULL;
	memcpy(v, y, m * sizeof *v);
	qsort(v, m, sizeof *v, ascending);
	for (size_t i = 0; i < m; i++)
		if (!*count || v[*count - 1] != v[i])
			v[(*count)++] = v[i];
	return v;
}

int labels_whole(const struct samples *s)
{
	for (size_t i = 0; i < s->a.m; i++)
		if (s->y[i] != floor(s->y[i]))
			return 0;
	return 1;
}

static void name(const struct samples *s, double label, char *out, size_t size)
{
	if (s->words)
		snprintf(out, size, "%.40s", s->word[(size_t)label]);
	else
		snprintf(out, size, "%.15g", label);
}

/* "1, 2, 3, ... (26)" */
static void list(const struct samples *s, const double *v, size_t count, char *out, size_t size)
{
	size_t used = 0, shown = count > 6 ? 5 : count;
	char word[48];

	out[0] = 0;
	for (size_t k = 0; k < shown && used < size; k++) {
		name(s, v[k], word, sizeof word);
		used += (size_t)snprintf(
			out + used, size - used, "%s%.12s", k ? ", " : "", word);
	}
	if (shown < count && used < size)
		snprintf(out + used, size - used, ", ... (%zu)", count);
}

static int no_memory(struct reason why)
{
	return refuse_data(why, "not enough memory for labels");
}

static int no_labels(const struct samples *s, const double *v, size_t count,
	const char *expected, struct reason why)
{
	char found[120];

	list(s, v, count, found, sizeof found);
	return refuse_data(why, "the target holds %s %s; expected %s",
		labels_whole(s) ? count == 1 ? "one label:" : "the labels" : "the real numbers",
		found, expected);
}

static size_t place(const double *v, size_t count, double y)
{
	size_t low = 0, high = count - 1;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (v[middle] < y)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

int labels_classes(struct samples *s, size_t *classes, struct reason why)
{
	double *v = labels_different(s->y, s->a.m, classes);
	int status = -1;

	if (!v)
		return no_memory(why);
	if (!labels_whole(s) || *classes > UINT16_MAX)
		no_labels(s, v, *classes, "up to 65535 labels, whole numbers or words", why);
	else
		status = 0;
	for (size_t i = 0; !status && i < s->a.m; i++)
		s->y[i] = (double)place(v, *classes, s->y[i]);
	free(v);
	return status;
}

int labels_two(struct samples *s, struct reason why)
{
	size_t count;
	double *v = labels_different(s->y, s->a.m, &count);
	int status = -1;

	if (!v)
		return no_memory(why);
	if (!labels_whole(s))
		no_labels(s, v, count,
			"two labels; for numbers take a regression problem (lasso, "
			"ridge, ...)",
			why);
	else if (count != 2)
		no_labels(s, v, count, "two, of which the smaller becomes -1", why);
	else
		status = 0;
	for (size_t i = 0; !status && i < s->a.m; i++)
		s->y[i] = s->y[i] == v[0] ? -1 : 1;
	free(v);
	return status;
}

/* ------------------------------------------------------------------ in words
 * ------------------ */

static size_t times(const struct samples *s, double label)
{
	size_t count = 0;

	for (size_t i = 0; i < s->a.m; i++)
		count += s->y[i] == label;
	return count;
}

void labels_describe(const struct samples *s, char *out, size_t size)
{
	size_t count, used;
	double *v;
	char word[48];

	out[0] = 0;
	if (!s->y || !(v = labels_different(s->y, s->a.m, &count)))
		return;
	if (!labels_whole(s) || count > 12) {
		snprintf(out, size, "%zu different %snumbers, %.15g to %.15g", count,
			labels_whole(s) ? "whole " : "", v[0], v[count - 1]);
	} else {
		used = (size_t)snprintf(out, size, "%zu labels:", count);
		for (size_t k = 0; k < count && used < size; k++) {
			name(s, v[k], word, sizeof word);
			used += (size_t)snprintf(out + used, size - used, "%s %s (%zu rows)",
				k ? "," : "", word, times(s, v[k]));
		}
	}
	free(v);
}
