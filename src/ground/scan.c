/* scan.c -- the numbers of a JSON text without a tree: the curves are nearly all of a record.
 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "ground/scan.h"
#include "ground/grow.h"

const char *scan_space(const char *p)
{
	while (*p == ' ' || *p == '\t' || *p == '\n' || *p == '\r')
		p++;
	return p;
}

const char *scan_text(const char *p, const char **text, size_t *length)
{
	const char *q;

	if (*p++ != '"')
		return NULL;
	for (q = p; *q != '"'; q++) {
		if (*q == '\\')
			q++;
		if (!*q)
			return NULL;
	}
	*text = p;
	*length = (size_t)(q - p);
	return q + 1;
}

const char *scan_value(const char *p)
{
	const char *text;
	size_t length, depth = 0;

	p = scan_space(p);
	do {
		if (*p == '"') {
			if (!(p = scan_text(p, &text, &length)))
				return NULL;
			continue;
		}
		if (*p == '[' || *p == '{')
			depth++;
		else if (*p == ']' || *p == '}') {
			if (!depth--)
				return NULL;
		} else if (!*p)
			return NULL;
		p++;
		if (!depth && p[-1] != ']' && p[-1] != '}') /* a number or a word */
			p += strcspn(p, ",]}\" \t\r\n");
	} while (depth);
	return p;
}

const char *scan_member(const char *p, const char *name)
{
	const char *text;
	size_t length;

	p = scan_space(p);
	if (*p++ != '{')
		return NULL;
	for (p = scan_space(p); *p == '"'; p = scan_space(p + 1)) {
		if (!(p = scan_text(p, &text, &length)) || *(p = scan_space(p)) != ':')
			return NULL;
		p = scan_space(p + 1);
		if (length == strlen(name) && !strncmp(text, name, length))
			return p;
		if (!(p = scan_value(p)) || *(p = scan_space(p)) != ',')
			return NULL;
	}
	return NULL;
}

static int push(struct numbers *out, double v)
{
	if (room_for(&out->v, out->count + 1, &out->room, sizeof *out->v))
		return -1;
	out->v[out->count++] = v;
	return 0;
}

/* Digits with at most 15 of them and a power of ten up to 22 are exact in double arithmetic
 * (Clinger 1990); all else is strtod's. */
static const char *number(const char *p, double *v)
{
	static const double ten[] = { 1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10,
		1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 };
	const char *start = p;
	uint64_t m = 0;
	int digits = 0, after = 0, point = 0, negative = *p == '-';
	char *end;

	for (p += negative; (*p >= '0' && *p <= '9') || (*p == '.' && !point); p++)
		if (*p == '.')
			point = 1;
		else {
			m = digits < 19 ? 10 * m + (uint64_t)(*p - '0') : m;
			digits += m != 0;
			after += point;
		}
	if (digits <= 15 && after <= 22 && *p != 'e' && *p != 'E' &&
		p > start + negative + point) {
		*v = (double)m / ten[after];
		if (negative)
			*v = -*v;
		return p;
	}
	*v = strtod(start, &end);
	return end == start ? NULL : end;
}

static const char *one(const char *p, struct numbers *out)
{
	double v = NAN;

	if (*p == '-' || (*p >= '0' && *p <= '9'))
		p = number(p, &v);
	else if (!strncmp(p, "null", 4))
		p += 4;
	else {
		out->odd = 1;
		return scan_value(p);
	}
	return !p || push(out, v) ? NULL : p;
}

/* One array, brackets included; deep: its elements are arrays. */
static const char *array(const char *p, struct numbers *out, int deep)
{
	if (*p++ != '[')
		return NULL;
	p = scan_space(p);
	if (*p == ']')
		return p + 1;
	for (;;) {
		if (deep && *p == '[') {
			size_t before = out->count, width;

			p = array(p, out, 0);
			width = out->count - before;
			if (out->rows && width != out->width)
				out->odd = 1;
			out->width = width;
		} else {
			p = one(p, out);
			if (deep && (out->rows ? out->width != 1 : 0))
				out->odd = 1;
			out->width = deep ? 1 : out->width;
		}
		out->rows += (size_t)deep;
		if (!p)
			return NULL;
		p = scan_space(p);
		if (*p == ']')
			return p + 1;
		if (*p++ != ',')
			return NULL;
		p = scan_space(p);
	}
}

const char *scan_numbers(const char *p, struct numbers *out)
{
	out->count = out->rows = out->width = 0;
	out->odd = 0;
	return array(p, out, 1);
}
