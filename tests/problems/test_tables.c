/* test_tables.c -- tables as people bring them: every way to write one is read or refused by
 * name; labels, splits, standardisation; files under all their names. */
#include <config.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "problems/network/data.h"
#include "ground/random.h"
#include "scratch.h"

static char text[600];
static const struct reason why = { text, sizeof text };

static int read_text_as(struct samples *s, const char *name, const char *bytes, struct how how)
{
	size_t length = strlen(bytes);
	uint8_t *raw = malloc(length + 1);
	struct file f;
	int status;

	memcpy(raw, bytes, length);
	text[0] = 0;
	if (file_take(&f, name, raw, length, why))
		return -1;
	status = (ends_in(name, ".csv") ? read_csv : read_libsvm)(s, &f, how, why);
	file_close(&f);
	return status;
}

/* ---------------------------------------------------------- CSV --------------------- */

struct reading {
	const char *bytes;
	struct how how;
	const char *says; /* what is read, "m n : numbers of the rows, target last", or a part
			     of a refusal */
};

static void print(const struct samples *s, char *out, size_t size)
{
	size_t used = (size_t)snprintf(out, size, "%zu %zu :", s->a.m, s->a.n);

	for (size_t i = 0; i < s->a.m; i++) {
		for (size_t j = 0; j < s->a.n; j++)
			used += (size_t)snprintf(
				out + used, size - used, " %g", s->a.val[i * s->a.n + j]);
		if (s->y && s->words)
			used += (size_t)snprintf(
				out + used, size - used, " %s", s->word[(size_t)s->y[i]]);
		else if (s->y)
			used += (size_t)snprintf(out + used, size - used, " %g", s->y[i]);
	}
}

static void all_read(const char *name, const struct reading *r, size_t count)
{
	char out[400];

	for (size_t i = 0; i < count; i++) {
		struct samples s;

		cr_expect_eq(read_text_as(&s, name, r[i].bytes, r[i].how), 0,
			"%s is refused: %s", r[i].bytes, text);
		if (text[0])
			continue;
		samples_dense(&s, why);
		print(&s, out, sizeof out);
		cr_expect_str_eq(
			out, r[i].says, "\"%s\": %s, expected %s", r[i].bytes, out, r[i].says);
		samples_free(&s);
	}
}

static void all_refused(const char *name, const struct reading *r, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct samples s;
		int status = read_text_as(&s, name, r[i].bytes, r[i].how);

		cr_expect_neq(status, 0, "\"%s\" is accepted", r[i].bytes);
		cr_expect_not_null(strstr(text, r[i].says),
			"\"%s\": \"%s\" does not say \"%s\"", r[i].bytes, text, r[i].says);
		if (!status)
			samples_free(&s);
	}
}

Test(tables, csv_is_read, .timeout = 20)
{
	static const struct reading cases[] = {
		{ "1,2,0\n3,4,1\n", { 0 }, "2 2 : 1 2 0 3 4 1" },
		{ "1,2,0\r\n3,4,1\r\n\r\n\n", { 0 }, "2 2 : 1 2 0 3 4 1" },
		{ "1,2,0\r3,4,1\r", { 0 }, "2 2 : 1 2 0 3 4 1" },
		{ "\xef\xbb\xbf"
		  "1,2,0\n",
			{ 0 }, "1 2 : 1 2 0" },
		{ "\xef\xbb\xbfx,y,k\n1,2,0", { 0 }, "1 2 : 1 2 0" },
		{ "x;y;k\n1;2;0\n", { 0 }, "1 2 : 1 2 0" },
		{ "1\t2\t0\n", { 0 }, "1 2 : 1 2 0" },
		{ " 1 , -2.5e1 ,+3E+2\n", { 0 }, "1 2 : 1 -25 300" },
		{ "1,5;2,25;0\n", { .decimal = DECIMAL_COMMA }, "1 2 : 1.5 2.25 0" },
		{ "1,5\t2,25\t0\n", { .decimal = DECIMAL_COMMA }, "1 2 : 1.5 2.25 0" },
		{ "\"1,5\",\"2\",\"0\"\n",
			{ .decimal = DECIMAL_COMMA, .separator = SEPARATOR_COMMA },
			"1 2 : 1.5 2 0" },
		{ "  1  2 0  \n3 4   1\n", { .separator = SEPARATOR_SPACE },
			"2 2 : 1 2 0 3 4 1" },
		{ "\"a, b\",\"say \"\"x\"\"\",k\n\"1\",2,0\n", { 0 }, "1 2 : 1 2 0" },
		{ "\"two\nlines\",y,k\n1,2,0\n", { 0 }, "1 2 : 1 2 0" },
		{ "0,1,2\n3,4,5\n", { .header = HEADER_YES }, "1 2 : 3 4 5" },
		{ "0,1,2\n3,4,5\n", { .header = HEADER_NO }, "2 2 : 0 1 2 3 4 5" },
		{ "a,b,c\n3,4,5\n", { .target = "a" }, "1 2 : 4 5 3" },
		{ "a,b,c\n3,4,5\n", { .target = "2" }, "1 2 : 3 5 4" },
		{ "3,4,5\n", { .target = "none" }, "1 3 : 3 4 5" },
		{ "3\n4\n\n", { .target = "none" }, "2 1 : 3 4" },
		{ "\n\n3,4\n\n5,6\n", { 0 }, "2 1 : 3 4 5 6" },
		{ "x,k\n1,red\n2,blue\n3,red\n", { 0 }, "3 1 : 1 red 2 blue 3 red" },
		{ ",a,b\n1,2,3\n", { 0 }, "1 2 : 1 2 3" },
		{ "1,007,1e+05\n", { 0 }, "1 2 : 1 7 100000" },
	};

	all_read("t.csv", cases, sizeof cases / sizeof *cases);
	no_leak();
}

Test(tables, csv_is_refused_by_name, .timeout = 20)
{
	static const struct reading cases[] = {
		{ "", { 0 }, "no row of numbers" },
		{ "\n\n", { 0 }, "no row of numbers" },
		{ "a,b,class\n", { 0 }, "no row of numbers" },
		{ "5\n", { 0 }, "one column" },
		{ "5\n", { .target = "1" }, "it is the target" },
		{ "1,2,0\n3,4\n", { 0 }, "line 2: 2 columns, expected 3" },
		{ "1,2,0\n3,4,5,6\n", { 0 }, "line 2: 4 columns, expected 3" },
		{ "1,2,0\n3,4,1,\n", { 0 }, "line 2: 4 columns, expected 3" },
		{ "1,2,0,\n3,4,1,\n", { 0 }, "line 1, column 4: an empty field" },
		{ "1,2,0\n3,x,1\n", { 0 }, "line 2, column 2: found \"x\"" },
		{ "x,y,k\n3,\"a,b\",1\n", { 0 }, "line 2, column 2 ('y'): found \"a,b\"" },
		{ ",2,0\n2,3,1\n", { 0 }, "line 1, column 1: an empty field, a missing value" },
		{ "nan,2,0\n2,3,1\n", { 0 }, "line 1, column 1: found \"nan\"" },
		{ "1,2,0\n2,NA,1\n", { 0 }, "line 2, column 2: found \"NA\"" },
		{ "1,2,0\n2,3,?\n", { 0 }, "line 2, column 3: found \"?\"" },
		{ "NA,?,\n1,2,3\n", { 0 }, "line 1, column 1: found \"NA\"" },
		{ "1,inf,0\n", { 0 }, "line 1, column 2: found \"inf\"" },
		{ "1,1e999,0\n", { 0 }, "line 1, column 2: found \"1e999\"" },
		{ "1,0x10,0\n", { 0 }, "line 1, column 2: found \"0x10\"" },
		{ "1,5;2,3;0\n", { 0 }, "decimal=comma" },
		{ "1.5;2;0\n", { .decimal = DECIMAL_COMMA }, "decimal=comma was given" },
		{ "1;1.234,5;0\n", { .decimal = DECIMAL_COMMA }, "found \"1.234,5\"" },
		{ "0,1,2\n1.5,2,3\n", { 0 }, "header=yes or header=no" },
		{ "a,b,c\n3,4,5\n", { .header = HEADER_NO }, "line 1, column 1: found \"a\"" },
		{ "1 2 0\n", { 0 }, "separator=space" },
		{ "1,\"2,0\n", { 0 }, "never closes" },
		{ "1,\"2\"x,0\n", { 0 }, "behind a closing quote" },
		{ "a,b,c\n3,4,5\n", { .target = "d" },
			"no column 'd', expected a number 1 .. 3 or one of: a, b, c" },
		{ "3,4,5\n", { .target = "4" }, "expected a number 1 .. 3" },
		{ "3,4,5\n", { .target = "0" }, "expected a number 1 .. 3" },
		{ "3\n\n4\n", { .target = "none" }, "line 2, column 1: an empty line" },
		{ "1,2\n2,red\n", { 0 }, "line 2, column 2: found \"red\"" },
		{ "\xff\xfe"
		  "1,",
			{ 0 }, "UTF-16" },
	};

	all_refused("t.csv", cases, sizeof cases / sizeof *cases);
	no_leak();
}

Test(tables, libsvm_is_read, .timeout = 20)
{
	static const struct reading cases[] = {
		{ "+1 1:0.5 2:1\n-1 1:0.2\n", { 0 }, "2 2 : 0.5 1 1 0.2 0 -1" },
		{ "\xef\xbb\xbf# made\n+1 1:0.5 2:1 # first\n\n1.0 2:3#x\n  \n", { 0 },
			"2 2 : 0.5 1 1 0 3 1" },
		{ "3 qid:7 1:2\r\n1 qid:8 2:1\r\n\r\n", { 0 }, "2 2 : 2 0 3 0 1 1" },
		{ "24.1 1:0.5\n-2e1\n", { 0 }, "2 1 : 0.5 24.1 0 -20" },
		{ "1 0:4 2:5\n", { .index = INDEX_ZERO }, "1 3 : 4 0 5 1" },
	};
	static const struct reading bad[] = {
		{ "1 0:4 2:5\n", { 0 }, "index=zero" },
		{ "1 qid:x 2:5\n", { 0 }, "qid: and a number" },
		{ "1 2:5 qid:3\n", { 0 }, "index:value" },
		{ "1 2:5 2:6\n", { 0 }, "ascending" },
		{ "1 3:5 2:6\n", { 0 }, "ascending" },
		{ "1 1:5\n1 100000001:6\n", { 0 }, "line 2" },
		{ "# nothing\n", { 0 }, "empty" },
	};

	all_read("t.libsvm", cases, sizeof cases / sizeof *cases);
	all_refused("t.libsvm", bad, sizeof bad / sizeof *bad);
	no_leak();
}

/* ---------------------------------------------------------- labels, splits ---------- */

Test(tables, labels_ascend, .timeout = 20)
{
	static const struct {
		const char *bytes;
		double y[3];
	} cases[] = {
		{ "2 1:1\n1 1:1\n2 1:3\n", { 1, -1, 1 } },
		{ "2 1:1\n4 1:1\n2 1:3\n", { -1, 1, -1 } },
		{ "0 1:1\n1 1:1\n1.0 1:3\n", { -1, 1, 1 } },
		{ "+1 1:1\n-1 1:1\n1 1:3\n", { 1, -1, 1 } },
	};
	struct samples s;
	size_t classes;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		cr_assert_eq(read_text_as(&s, "t.libsvm", cases[i].bytes, (struct how){ 0 }), 0,
			"%s", text);
		cr_assert_eq(labels_two(&s, why), 0, "%s", text);
		for (size_t k = 0; k < 3; k++)
			cr_expect_eq(
				s.y[k], cases[i].y[k], "case %zu, row %zu: %g", i, k, s.y[k]);
		samples_free(&s);
	}
	cr_assert_eq(
		read_text_as(&s, "t.csv", "1,red\n2,blue\n3,red\n4,gold\n", (struct how){ 0 }),
		0, "%s", text);
	cr_assert_eq(labels_classes(&s, &classes, why), 0, "%s", text);
	cr_expect(classes == 3 && s.y[0] == 2 && s.y[1] == 0 && s.y[3] == 1, "%zu: %g %g %g",
		classes, s.y[0], s.y[1], s.y[3]);
	cr_expect_neq(labels_two(&s, why), 0, "three words for two labels");
	samples_free(&s);
	no_leak();
}

static void count(const struct part *p, size_t *times)
{
	for (size_t i = 0; i < p->rows; i++)
		times[p->labels[i]]++;
}

Test(tables, sorted_classes_are_in_both_parts, .timeout = 20)
{
	size_t train[4] = { 0 }, test[4] = { 0 };
	char bytes[8000] = "";
	struct dataset d, again;
	gsl_rng *rng = stream(1), *other = stream(2);

	enter();
	for (int i = 0; i < 101; i++)
		snprintf(bytes + strlen(bytes), sizeof bytes - strlen(bytes), "%d,%d\n", i,
			i < 50    ? 3
			: i < 90  ? 5
			: i < 100 ? 6
				  : 9);
	put("t.csv", bytes);
	cr_assert_eq(dataset_raw(&d, "t.csv", (struct wish){ 0 }, rng, why), 0, "%s", text);
	cr_assert_eq(
		dataset_raw(&again, "t.csv", (struct wish){ 0 }, other, why), 0, "%s", text);
	count(&d.train, train);
	count(&d.test, test);
	cr_expect(train[0] == 40 && train[1] == 32 && train[2] == 8 && train[3] == 1,
		"to train %zu %zu %zu %zu", train[0], train[1], train[2], train[3]);
	cr_expect(test[0] == 10 && test[1] == 8 && test[2] == 2 && test[3] == 0,
		"to test %zu %zu %zu %zu", test[0], test[1], test[2], test[3]);
	cr_expect_eq(memcmp(d.numbers, again.numbers, d.rows * sizeof *d.numbers), 0,
		"another order");
	cr_expect_eq(d.note[0], 0, "%s", d.note);
	dataset_clear(&again);
	cr_assert_eq(dataset_raw(&again, "t.csv", (struct wish){ .train = 3 }, rng, why), 0,
		"%s", text);
	cr_expect_not_null(
		strstr(again.note, "2 of 4 classes have no training row"), "%s", again.note);
	dataset_clear(&again);
	dataset_clear(&d);
	gsl_rng_free(rng);
	gsl_rng_free(other);
	leave();
}

/* The same column shifted by 1.7e9, or in units of 1e-12 or 1e-200, is the same when
 * standardised. */
Test(tables, standardisation_knows_no_units, .timeout = 20)
{
	static const double scale[] = { 1, 1e-12, 1e-200, 1e150 };
	double v[50], mean, deviation, want[50], shifted;

	for (int i = 0; i < 50; i++)
		v[i] = sin(i);
	column_moments(v, 1, 50, &mean, &deviation);
	for (int i = 0; i < 50; i++)
		want[i] = (v[i] - mean) / deviation;
	for (int k = 0; k < 4; k++) {
		for (int i = 0; i < 50; i++)
			v[i] = scale[k] * sin(i);
		column_moments(v, 1, 50, &mean, &deviation);
		for (int i = 0; i < 50; i++)
			cr_assert(fabs((v[i] - mean) / deviation - want[i]) < 1e-14,
				"scale %g, row %d: %g", scale[k], i,
				(v[i] - mean) / deviation - want[i]);
	}
	for (int i = 0; i < 50; i++)
		v[i] = 1.7e9 + sin(i);
	column_moments(v, 1, 50, &mean, &deviation);
	for (int i = 0; i < 50; i++) { /* what is left of sin(i) beside 1.7e9 */
		shifted = (v[i] - mean) / deviation;
		cr_assert(fabs(shifted - want[i]) < 1e-6, "shifted, row %d: %g", i,
			shifted - want[i]);
	}
	for (int i = 0; i < 50; i++)
		v[i] = 0.1;
	column_moments(v, 1, 50, &mean, &deviation);
	cr_expect(mean == 0.1 && deviation == 1, "a constant: %g, %g", mean, deviation);
	no_leak();
}
