/* expression.c -- evaluates arithmetic by recursive descent. ^ binds to the right and tighter
 * than unary minus: -2^2 is -4. */
#include <config.h>
#include "ground/expression.h"
#include "ground/option.h"
#include "ground/words.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

struct parser {
	const char *text, *at;
	const struct scope *scope;
	struct why *why;
	int bad, depth;
};

enum { DEEPEST = 100 };

int scope_set(struct scope *s, const char *name, double value)
{
	size_t i = 0;

	while (i < s->count && strcmp(s->name[i], name))
		i++;
	if (i == SCOPE_NAMES || strlen(name) >= SCOPE_NAME)
		return -1;
	if (i == s->count)
		snprintf(s->name[s->count++], SCOPE_NAME, "%s", name);
	s->value[i] = value;
	return 0;
}

int scope_get(const struct scope *s, const char *name, double *value)
{
	for (; s; s = s->outer)
		for (size_t i = 0; i < s->count; i++)
			if (!strcmp(s->name[i], name)) {
				*value = s->value[i];
				return 0;
			}
	return -1;
}

static double wrong(struct parser *p, const char *what)
{
	if (!p->bad)
		fail(p->why, "'%s': %s at '%s'", p->text, what, *p->at ? p->at : "the end");
	p->bad = 1;
	return NAN;
}

static void skip(struct parser *p)
{
	while (isspace((unsigned char)*p->at))
		p->at++;
}

static int take(struct parser *p, char c)
{
	skip(p);
	if (*p->at != c)
		return 0;
	p->at++;
	return 1;
}

static size_t word(const char *at, char out[SCOPE_NAME])
{
	size_t length = 0;

	while (isalnum((unsigned char)at[length]) || at[length] == '_')
		length++;
	snprintf(out, SCOPE_NAME, "%.*s", (int)length, at);
	return length;
}

static const struct {
	const char *name;
	int arguments;
	double (*one)(double), (*two)(double, double);
} functions[] = { { "sqrt", 1, sqrt, NULL }, { "exp", 1, exp, NULL }, { "log", 1, log, NULL },
	{ "abs", 1, fabs, NULL }, { "min", 2, NULL, fmin }, { "max", 2, NULL, fmax } };
enum { FUNCTIONS = sizeof functions / sizeof *functions };

static double value_of(struct parser *p, const char *name)
{
	const char *names[2 * SCOPE_NAMES];
	size_t count = 0;
	double v = NAN;

	if (scope_get(p->scope, name, &v)) {
		for (const struct scope *s = p->scope; s; s = s->outer)
			for (size_t i = 0; i < s->count && count < 2 * SCOPE_NAMES; i++)
				names[count++] = s->name[i];
		if (!p->bad)
			fail(p->why, "'%s': no quantity is named '%s'%s", p->text, name,
				did_you_mean(name, names, count).text);
		p->bad = 1;
	} else if (isnan(v)) {
		if (!p->bad)
			fail(p->why, "'%s': %s is not known here", p->text, name);
		p->bad = 1;
	}
	return v;
}

/* The rules call each other; a table breaks the circle. */
struct rules {
	double (*sum)(struct parser *p, const struct rules *r);
};

static double call(struct parser *p, const struct rules *r, const char *name)
{
	for (size_t i = 0; i < FUNCTIONS; i++) {
		double a, b = 0;

		if (strcmp(name, functions[i].name))
			continue;
		a = r->sum(p, r);
		if (functions[i].arguments == 2) {
			if (!take(p, ','))
				return wrong(p, "expected a second argument");
			b = r->sum(p, r);
		}
		if (!take(p, ')'))
			return wrong(p, "expected ')'");
		return functions[i].one ? functions[i].one(a) : functions[i].two(a, b);
	}
	return wrong(p, "no such function; there are sqrt, exp, log, abs, min, max: stopped");
}

static double atom(struct parser *p, const struct rules *r)
{
	char name[SCOPE_NAME], *end;
	double v;

	if (++p->depth > DEEPEST)
		return wrong(p, "too deep");
	if (take(p, '(')) {
		v = r->sum(p, r);
		if (!take(p, ')'))
			v = wrong(p, "expected ')'");
	} else if (isdigit((unsigned char)*p->at) || *p->at == '.') {
		v = strtod(p->at, &end);
		p->at = end;
	} else if (isalpha((unsigned char)*p->at)) {
		p->at += word(p->at, name);
		v = take(p, '(') ? call(p, r, name) : value_of(p, name);
	} else {
		v = wrong(p, "expected a number or a name");
	}
	p->depth--;
	return v;
}

static double power(struct parser *p, const struct rules *r)
{
	double base, sign = 1;

	while (take(p, '-'))
		sign = -sign;
	base = atom(p, r);
	if (take(p, '^')) {
		if (++p->depth > DEEPEST)
			return wrong(p, "too deep");
		base = pow(base, power(p, r));
		p->depth--;
	}
	return sign * base;
}

static double product(struct parser *p, const struct rules *r)
{
	double v = power(p, r);

	while (!p->bad) {
		if (take(p, '*'))
			v *= power(p, r);
		else if (take(p, '/'))
			v /= power(p, r);
		else
			break;
	}
	return v;
}

static double sum(struct parser *p, const struct rules *r)
{
	double v = product(p, r);

	while (!p->bad) {
		if (take(p, '+'))
			v += product(p, r);
		else if (take(p, '-'))
			v -= product(p, r);
		else
			break;
	}
	return v;
}

int evaluate(const char *text, const struct scope *s, double *out, struct why *why)
{
	static const struct rules all = { sum };
	struct parser p = { text, text, s, why, 0, 0 };

	*out = sum(&p, &all);
	skip(&p);
	if (!p.bad && *p.at)
		wrong(&p, "unexpected");
	if (!p.bad && isnan(*out)) {
		fail(why, "'%s' is not a number", text);
		p.bad = 1;
	}
	return p.bad ? -1 : 0;
}

int mentions(const char *text, const char *name)
{
	char found[SCOPE_NAME];

	while (*text) {
		if (isalpha((unsigned char)*text)) {
			text += word(text, found);
			if (!strcmp(found, name))
				return 1;
		} else if (isdigit((unsigned char)*text)) {
			while (isalnum((unsigned char)*text)) /* the e of 1e-3 is no name */
				text++;
		} else {
			text++;
		}
	}
	return 0;
}
