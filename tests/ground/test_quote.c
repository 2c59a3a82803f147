/* test_quote.c -- src/ground/quote.c: texts of others in each language; text_json and
 * text_shell agree. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include "ground/quote.h"
#include "ground/text.h"
#include "leak.h"

/* What a function prints for a text; the caller frees it. */
static char *printed(void (*print)(FILE *, const char *), const char *text)
{
	char *out = NULL;
	size_t size;
	FILE *f = open_memstream(&out, &size);

	print(f, text);
	fclose(f);
	return out;
}

static void is(const char *found, const char *expected)
{
	cr_assert(zero(int, strcmp(found, expected)), "found '%s', expected '%s'", found,
		expected);
}

static void same(void (*print)(FILE *, const char *), const char *text, const char *expected)
{
	char *out = printed(print, text);

	is(out, expected);
	free(out);
}

Test(quote, terminal, .timeout = 10)
{
	same(print_shown, "S-Adam ∂f ≤ 1e−3", "S-Adam ∂f ≤ 1e−3");
	same(print_shown, "\033]0;x\007\n\t\177", "\\x1b]0;x\\x07\\x0a\\x09\\x7f");
	same(print_shown,
		"a\xc2\x9b"
		"31m",
		"a\\u009b31m"); /* C1: CSI in one character */
	same(print_shown,
		"a\xe2\x80\xae"
		"b\xe2\x81\xa6",
		"a\\u202eb\\u2066"); /* right to left, isolate */
	same(print_shown, "\xff\xc0\xaf\xed\xa0\x80\xe2\x82",
		"\\xff\\xc0\\xaf\\xed\\xa0\\x80\\xe2\\x82");
	cr_assert(eq(int, shown_width("∂f\033"), 6),
		"escapes take room, bytes of a character do not");
	is(shown("x\ry"), "x\\x0dy");
	is(shown(NULL), "");
	no_leak();
}

Test(quote, shown_long, .timeout = 10)
{
	char text[5000];
	const char *out;

	memset(text, '\033', sizeof text - 1);
	text[sizeof text - 1] = 0;
	out = shown(text);
	cr_assert(lt(sz, strlen(out), (size_t)1024), "%zu", strlen(out));
	is(out + strlen(out) - 3, "...");
}

Test(quote, json, .timeout = 10)
{
	struct text t = { 0 };

	same(print_json, "a\"b\\c\n\xe2\x80\xae</x>", "\"a\\\"b\\\\c\\u000a\\u202e</x>\"");
	same(print_json, "\xff ok \xc2\x9b", "\"\xef\xbf\xbd ok \\u009b\"");
	same(print_json, "\xf3\xa0\x80\x81 \xf0\x9f\x98\x80",
		"\"\\udb40\\udc01 \xf0\x9f\x98\x80\"");
	text_json(&t, "a\"\033\xff");
	is(t.s, "\"a\\\"\\u001b\xef\xbf\xbd\"");
	text_free(&t);
	no_leak();
}

Test(quote, html, .timeout = 10)
{
	same(print_html, "<a href='x' b=\"y\">&amp;",
		"&#60;a href=&#39;x&#39; b=&#34;y&#34;&#62;&#38;amp;");
	same(print_html, "\001\xff", "\\x01\xef\xbf\xbd");
	no_leak();
}

Test(quote, gnuplot, .timeout = 10)
{
	same(print_gnuplot, "f(x) = 1e-3", "\"f(x) = 1e-3\"");
	same(print_gnuplot, "''`x`", "\"\\0047\\0047\\140x\\140\"");
	same(print_gnuplot, "\"@a{b}^_&~\\n%g",
		"\"\\0042\\100a\\173b\\175\\136\\137\\0046\\176\\134n\\0045g\"");
	same(print_gnuplot, "∂\n1", "\"∂\\134x0a1\"");
	same(print_gnuplot, "'1",
		"\"\\00471\""); /* four digits: the 1 is not read into the number */
	no_leak();
}

Test(quote, csv, .timeout = 10)
{
	static const char *const formulas[] = { "=1+1", "+cmd|' /C calc'!A0", "-2+3",
		"@SUM(A1)",
		"\xef\xbc\x9d"
		"1",
		"-", "+" };
	static const char *const numbers[] = { "-1.5", "+3", "-1e-07", "-inf", "0", "12" };

	for (size_t i = 0; i < sizeof formulas / sizeof *formulas; i++) {
		char *out = printed(print_csv, formulas[i]);

		cr_assert(eq(chr, out[*out == '"'], '\''), "%s became %s", formulas[i], out);
		free(out);
	}
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
		same(print_csv, numbers[i], numbers[i]);
	same(print_csv, "a,\"b\"", "\"a,\"\"b\"\"\"");
	same(print_csv, "\t=1", "\"'\\x09=1\"");
	same(print_csv, "a\r\nb", "a\\x0d\\x0ab");
	no_leak();
}

Test(quote, shell, .timeout = 10)
{
	static const char *const words[][2] = { { "a/b-c:d=1,2", "a/b-c:d=1,2" }, { "", "''" },
		{ "a b", "'a b'" }, { "it's", "'it'\\''s'" }, { "'", "''\\'''" },
		{ "$(x)`y`", "'$(x)`y`'" } };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		struct text t = { 0 };

		text_shell(&t, words[i][0]);
		is(t.s, words[i][1]);
		text_free(&t);
	}
	no_leak();
}

Test(quote, files, .timeout = 10)
{
	static const char *const bad[] = { "", ".", "..", ".x", "-x", "a/b", "a b", "a\n",
		"x;y", "é",
		"a123456789a123456789a123456789a123456789a123456789a123456789abcd" };
	char name[FILE_NAME];

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		cr_assert(not(is_file_name(bad[i])), "'%s' was taken for a name of a file",
			bad[i]);
		file_name(bad[i], name);
		cr_assert(is_file_name(name), "'%s' became '%s'", bad[i], name);
	}
	cr_assert(is_file_name("gd-pl_1.5"), "a good name is refused");
	file_name("../../etc/passwd", name);
	is(name, "_._.._etc_passwd");
}

Test(quote, tex, .timeout = 10)
{
	same(print_tex, "a_b^c\\d{}$&#%~<|>",
		"a\\_b\\textasciicircum{}c\\textbackslash{}d\\{\\}\\$\\&\\#\\%"
		"\\textasciitilde{}\\textless{}\\textbar{}\\textgreater{}");
	same(print_tex, "∂f ≤ 1 – α é 中\n\xff",
		"$\\partial$f $\\le$ 1 -- $\\alpha$ é U+4E2D\\textbackslash{}x0a"
		"\\textbackslash{}xff");
	no_leak();
}

Test(quote, tex_in_gnuplot, .timeout = 10)
{
	same(print_gnuplot_tex, "5 % a_b", "\"5 \\134\\0045 a\\134\\137b\"");
	no_leak();
}
