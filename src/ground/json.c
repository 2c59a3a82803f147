/* json.c -- the one reader of JSON that people write. cJSON builds the tree; a second walk over
 * the text, in step with the tree, sees what cJSON lets pass, and finds the place of a node
 * when one is refused. */
#include <config.h>
#include "ground/find.h"
#include "ground/json.h"
#include "ground/words.h"
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* ---------------------------------------------------------------- the walk ------------------- */

struct walk {
	const cJSON *target; /* its place is looked for; NULL: everything is checked */
	const char *at;      /* where the target, or a fault, stands; NULL: nowhere */
	char fault[160];
	char key[256]; /* "groups[1].budget", cut if it is longer than anybody reads */
};

static const char *stop(struct walk *w, const char *at, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

static const char *stop(struct walk *w, const char *at, const char *format, ...)
{
	va_list args;

	w->at = at;
	va_start(args, format);
	vsnprintf(w->fault, sizeof w->fault, format, args);
	va_end(args);
	return NULL;
}

/* cJSON takes all control characters for space; here they are found by the check of the whole
 * text. */
static const char *space(const char *p)
{
	while (*p && (unsigned char)*p <= ' ')
		p++;
	return p;
}

/* Length of the UTF-8 sequence at p, 0 if it is none (RFC 3629: shortest form, no surrogates).
 */
static size_t sequence(const unsigned char *p)
{
	unsigned long code;
	size_t length = *p < 0x80       ? 1
			: *p >> 5 == 6  ? 2
			: *p >> 4 == 14 ? 3
			: *p >> 3 == 30 ? 4
					: 0;

	if (length < 2)
		return length;
	code = *p & (0xffu >> (length + 1));
	for (size_t i = 1; i < length; i++) {
		if (p[i] >> 6 != 2)
			return 0;
		code = code << 6 | (p[i] & 0x3f);
	}
	if (code < (length == 2          ? 0x80u
			   : length == 3 ? 0x800u
					 : 0x10000u) ||
		code > 0x10ffff || (code >= 0xd800 && code < 0xe000))
		return 0;
	return length;
}

/* Over a quoted text; p is at its first quote. */
static const char *quoted(struct walk *w, const char *p)
{
	for (p++; *p != '"'; p++) {
		size_t length = sequence((const unsigned char *)p);

		if (!length)
			return stop(w, p, "no UTF-8");
		if ((unsigned char)*p < ' ')
			return stop(w, p,
				"a control character in a text, expected an escape like \\n");
		if (*p == '\\' && !strncmp(p + 1, "u0000", 5))
			return stop(w, p, "a NUL (\\u0000) in a text");
		p += *p == '\\' ? 1 : length - 1;
	}
	return p + 1;
}

static const char *digits(const char *p) { return p + strspn(p, "0123456789"); }

static const char *number(struct walk *w, const cJSON *v, const char *p)
{
	const char *begin = p, *whole, *end;
	char exact[400];

	p += *p == '-';
	whole = digits(p);
	if (whole == p || (*p == '0' && whole > p + 1))
		return stop(w, begin, "not a number of JSON (a leading zero, or no digit)");
	end = whole;
	if (*end == '.' && (end = digits(whole + 1)) == whole + 1)
		return stop(w, begin, "not a number of JSON (no digit after the point)");
	if (*end == 'e' || *end == 'E') {
		p = end + 1 + (end[1] == '+' || end[1] == '-');
		if ((end = digits(p)) == p)
			return stop(
				w, begin, "not a number of JSON (no digit in the exponent)");
	}
	if (!isfinite(v->valuedouble))
		return stop(w, begin, "%.*s is beyond the range of a double",
			(int)(end - begin), begin);
	snprintf(exact, sizeof exact, "%.0f", v->valuedouble);
	if (end == whole && strncmp(exact, begin, (size_t)(end - begin)) && strcmp(begin, "-0"))
		return stop(w, begin,
			"%.*s is a whole number that no double holds (beyond 2^53)",
			(int)(end - begin), begin);
	return end;
}

static const char *twice(const cJSON *object)
{
	const cJSON *v, *other;

	cJSON_ArrayForEach(v,
		object) for (other = v->next; other;
			     other = other->next) if (!strcmp(v->string,
							      other->string)) return v->string;
	return NULL;
}

/* Over the value v, which begins at p; NULL: stopped. cJSON has accepted the text. */
static const char *walk(struct walk *w, const cJSON *v, const char *p)
{
	size_t used = strlen(w->key), i = 0;
	const char *again;

	p = space(p);
	if (w->target == v)
		return stop(w, p, "%s", "");
	if (cJSON_IsNumber(v))
		return number(w, v, p);
	if (cJSON_IsString(v))
		return quoted(w, p);
	if (!cJSON_IsObject(v) && !cJSON_IsArray(v))
		return p + strspn(p, "truefalsn");
	if (!w->target && cJSON_IsObject(v) && (again = twice(v)))
		return stop(w, p, "key \"%.60s\" stands twice", again);
	p = space(p + 1);
	for (const cJSON *e = v->child; e; e = e->next) {
		if (cJSON_IsObject(v)) {
			snprintf(w->key + used, sizeof w->key - used, "%s%s", used ? "." : "",
				e->string);
			if (!(p = quoted(w, p)))
				return NULL;
			p = space(p) + 1; /* the colon */
		} else {
			snprintf(w->key + used, sizeof w->key - used, "[%zu]", i++);
		}
		if (!(p = walk(w, e, p)))
			return NULL;
		p = space(p);
		p = e->next ? space(p + 1) : p; /* the comma */
	}
	w->key[used] = 0;
	return p + 1;
}

/* ---------------------------------------------------------------- reasons -------------------- */

static int refuse(const struct json *j, const char *at, const char *key, const char *what)
{
	size_t line = 1, column = 1;

	for (const char *p = j->text; at && p < at; p++) {
		column = *p == '\n' ? 1 : column + ((*p & 0xc0) != 0x80);
		line += *p == '\n';
	}
	fail(j->why, "%s: line %zu, column %zu: %s%s%s", j->path, line, column, key,
		*key ? ": " : "", what);
	j->why->input = 1;
	return -1;
}

int json_wrong(const struct json *j, const cJSON *v, const char *format, ...)
{
	struct walk w = { .target = v };
	char what[400];
	va_list args;

	va_start(args, format);
	vsnprintf(what, sizeof what, format, args);
	va_end(args);
	walk(&w, j->root, j->text);
	return refuse(j, w.at, w.key, what);
}

const char *json_kind(const cJSON *v)
{
	return cJSON_IsString(v)   ? "a text"
	       : cJSON_IsNumber(v) ? "a number"
	       : cJSON_IsBool(v)   ? "true or false"
	       : cJSON_IsArray(v)  ? "an array"
	       : cJSON_IsObject(v) ? "an object"
				   : "null";
}

/* ---------------------------------------------------------------- reading -------------------- */

/* What cJSON skips over: control characters between the values, a NUL with anything behind it.
 */
static int check_bytes(const struct json *j, size_t size)
{
	for (const char *p = j->text; p < j->text + size; p++)
		if (!*p)
			return refuse(j, p, "", "a NUL, expected a text file");
		else if ((unsigned char)*p < ' ' && !strchr("\t\n\r", *p))
			return refuse(j, p, "", "a control character");
	return 0;
}

int json_take(struct json *j, const char *path, char *text, size_t size, struct why *why)
{
	static const char mark[] =
		"\xef\xbb\xbf"; /* a byte order mark, as editors on Windows write it */
	struct walk w = { 0 };
	const char *end = NULL;
	char near[100];
	int bad;

	*j = (struct json){ .path = path, .text = text, .why = why };
	if (size >= 3 && !memcmp(text, mark, 3)) {
		memmove(text, text + 3, size - 2);
		size -= 3;
	}
	bad = check_bytes(j, size);
	if (!bad && !(j->root = cJSON_ParseWithOpts(text, &end, 1))) {
		snprintf(near, sizeof near, "not JSON, near '%.20s'",
			end && *end ? end : "the end");
		bad = refuse(j, end, "", near);
	}
	if (!bad && !walk(&w, j->root, text))
		bad = refuse(j, w.at, w.key, w.fault);
	if (bad)
		json_free(j);
	return bad;
}

int json_read(struct json *j, const char *path, struct why *why)
{
	size_t size;
	char *text = file_read(path, &size, why);

	*j = (struct json){ 0 };
	if (text)
		return json_take(j, path, text, size, why);
	why->input = 1;
	return -1;
}

void json_free(struct json *j)
{
	cJSON_Delete(j->root);
	free(j->text);
	*j = (struct json){ 0 };
}

/* ---------------------------------------------------------------- values --------------------- */

const cJSON *json_get(const cJSON *object, const char *key)
{
	return cJSON_GetObjectItemCaseSensitive(object, key);
}

int json_keys(const struct json *j, const cJSON *v, const char *const *keys, size_t count)
{
	struct hint near;
	const cJSON *e;

	if (!cJSON_IsObject(v))
		return json_wrong(j, v, "%s, expected an object", json_kind(v));
	cJSON_ArrayForEach(e, v)
	{
		size_t i = 0;

		while (i < count && strcmp(keys[i], e->string))
			i++;
		if (i < count)
			continue;
		near = did_you_mean(e->string, keys, count);
		return json_wrong(j, e, "unknown key \"%s\"%s", e->string, near.text);
	}
	return 0;
}

int json_number(
	const struct json *j, const cJSON *v, double min, double max, int whole, double *out)
{
	if (!cJSON_IsNumber(v))
		return json_wrong(j, v, "%s, expected a number", json_kind(v));
	if (!(v->valuedouble >= min && v->valuedouble <= max) ||
		(whole && v->valuedouble != floor(v->valuedouble)))
		return json_wrong(j, v, "%g, expected a %snumber from %g to %g", v->valuedouble,
			whole ? "whole " : "", min, max);
	*out = v->valuedouble;
	return 0;
}

int json_text(const struct json *j, const cJSON *v, const char **out)
{
	if (!cJSON_IsString(v))
		return json_wrong(j, v, "%s, expected a text", json_kind(v));
	*out = v->valuestring;
	return 0;
}

int json_flag(const struct json *j, const cJSON *v, int *out)
{
	if (!cJSON_IsBool(v))
		return json_wrong(j, v, "%s, expected true or false", json_kind(v));
	*out = cJSON_IsTrue(v);
	return 0;
}

int json_word(const struct json *j, const cJSON *v, const char *const *words, int *out)
{
	const char *text = "";
	int found;

	if (json_text(j, v, &text))
		return -1;
	if ((found = word_find(text, words)) >= 0) {
		*out = found;
		return 0;
	}
	return json_wrong(j, v, "\"%s\", expected one of %s%s", text, listed(words).text,
		did_you_mean(text, words, word_count(words)).text);
}

int json_get_text(
	const struct json *j, const cJSON *object, const char *key, int must, const char **out)
{
	const cJSON *v = json_get(object, key);

	if (!v)
		return must ? json_wrong(j, object, "\"%s\" is missing", key) : 0;
	return json_text(j, v, out);
}

int json_get_flag(const struct json *j, const cJSON *object, const char *key, int *out)
{
	const cJSON *v = json_get(object, key);

	return v ? json_flag(j, v, out) : 0;
}

int json_get_number(const struct json *j, const cJSON *object, const char *key, double *out)
{
	const cJSON *v = json_get(object, key);

	return v ? json_number(j, v, 0, INFINITY, 0, out) : 0;
}

int json_get_word(const struct json *j, const cJSON *object, const char *key,
	const char *const *words, int *out)
{
	const cJSON *v = json_get(object, key);

	return v ? json_word(j, v, words, out) : 0;
}
