/* test_json.c -- the strict reader: what it refuses, and that it says where. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>
#include "leak.h"
#include "ground/json.h"

struct refused {
	const char *text;
	size_t size; /* 0: strlen */
	const char *says;
};

static const struct refused refusals[] = {
	{ "", 0, "F: line 1, column 1: not JSON" }, { "{\"a\": 1", 0, "not JSON" },
	{ "{\"a\": 1} x", 0, "F: line 1, column 10: not JSON" },
	{ "{\"a\": 1}\0x", 10, "line 1, column 9: a NUL" },
	{ "{\"a\": \"x\\u0000y\"}", 0, "line 1, column 9: a: a NUL (\\u0000) in a text" },
	{ "{\"a\": 1,\n \"b\": {\"c\": [1, {\"d\": 1, \"d\": 2}]}}", 0,
		"line 2, column 17: b.c[1]: key \"d\" stands twice" },
	{ "{\"a\": 1e999}", 0, "column 7: a: 1e999 is beyond the range of a double" },
	{ "{\"a\": [0, -1e999]}", 0, "a[1]: -1e999 is beyond" },
	{ "{\"a\": 9007199254740993}", 0,
		"a: 9007199254740993 is a whole number that no double holds" },
	{ "{\"a\": 01}", 0, "not a number of JSON" },
	{ "{\"a\": 1.}", 0, "not a number of JSON" }, { "{\"a\": 1e}", 0, "not" },
	{ "{\"a\": \"x\ty\"}", 0, "a control character in a text" },
	{ "{\"a\": \x01 1}", 0, "column 7: a control character" },
	{ "{\"a\": \"\xff\"}", 0, "no UTF-8" }, { "{\"a\": \"\xc0\xaf\"}", 0, "no UTF-8" },
	{ "{\"a\": \"\xed\xa0\x80\"}", 0, "no UTF-8" }, { "{\"\xff\": 1}", 0, "no UTF-8" },
	{ "{\"\xc3\xa4\": \"\xff\"}", 0, "column 8: " }, /* columns are characters */
};

static int take(struct json *j, const char *text, size_t size, struct why *why)
{
	size_t length = size ? size : strlen(text);
	char *copy = malloc(length + 1);

	memcpy(copy, text, length);
	copy[length] = 0;
	return json_take(j, "F", copy, length, why);
}

Test(json, refuses_and_says_where, .timeout = 10)
{
	for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
		const struct refused *r = &refusals[i];
		struct json j;
		struct why why;

		cr_expect(
			eq(int, take(&j, r->text, r->size, &why), -1), "%s is taken", r->text);
		cr_expect(strstr(why.text, r->says) != NULL, "%s: said '%s', expected '%s'",
			r->text, why.text, r->says);
		cr_expect(eq(int, why.input, 1), "%s: not a fault of the input", r->text);
	}
	no_leak();
}

Test(json, takes_what_is_json, .timeout = 10)
{
	static const char *const texts[] = { "{}", " [ ] ", "{\"a\":[],\"b\":{}}",
		"\xef\xbb\xbf{\"a\": 1}",
		"{\"a\": [1, -0, 0.5, 1e300, 9007199254740992, 1E+2, true, null, "
		"\"\\\"\\u00e4\\n\"]}",
		"{\"\xc3\xa4\":\"\xf0\x9f\x98\x80\"}",
		"[[[[]]],\r\n\t{\"a\":{\"a\":{\"a\":1}}}]",
		"[100000000000000000000, 1000000000000000000]" };

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct json j;
		struct why why = { .text = "" };

		cr_expect(eq(int, take(&j, texts[i], 0, &why), 0), "%s is refused: %s",
			texts[i], why.text);
		json_free(&j);
	}
	no_leak();
}

Test(json, names_the_place_of_every_node, .timeout = 10)
{
	struct json j;
	struct why why;
	double v = 0;

	cr_assert(eq(int,
		take(&j,
			"{\"groups\": [\n  {\"budget\": {\"work\": \"many\"}},\n  {\"x\": 3}]}",
			0, &why),
		0));
	const cJSON *g = json_get(j.root, "groups")->child;
	cr_expect(eq(int, json_number(&j, json_get(json_get(g, "budget"), "work"), 0, 1, 0, &v),
		-1));
	cr_expect(zero(int, strcmp(why.text, "F: line 2, column 23: groups[0].budget.work: a "
					     "text, expected a number")),
		"%s", why.text);
	cr_expect(eq(int, json_number(&j, json_get(g->next, "x"), 0, 1, 1, &v), -1));
	cr_expect(zero(int, strcmp(why.text, "F: line 3, column 9: groups[1].x: 3, expected a "
					     "whole number from 0 to 1")),
		"%s", why.text);
	static const char *const keys[] = { "bodget", "y" };
	cr_expect(eq(int, json_keys(&j, g, keys, 2), -1));
	cr_expect(strstr(why.text, "unknown key \"budget\"; did you mean 'bodget'?") != NULL,
		"%s", why.text);
	json_free(&j);
	no_leak();
}
