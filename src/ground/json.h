/* json.h -- JSON that people write (suites, claims), read strictly: what is refused is named
 * with its file, line, column and key. The nodes are cJSON's and live as long as the struct. */
#ifndef JSON_H
#define JSON_H

#include <stddef.h>
#include <cjson/cJSON.h>
#include "ground/why.h"

struct json {
	const char *path; /* of the file, for messages; borrowed */
	char *text;
	cJSON *root;
	struct why *why; /* takes the reasons of all functions below */
};

/* Refused besides what RFC 8259 does not allow: a key that stands twice, at any level; a NUL,
 * raw or as \u0000; a number beyond the range of a double, or a whole one that no double holds;
 * what is no UTF-8. 0; -1 and why, with nothing left to free. */
int json_read(struct json *j, const char *path, struct why *why);
/* The same with a text of `size` bytes, ended by a NUL besides; taken over, freed also on
 * failure. */
int json_take(struct json *j, const char *path, char *text, size_t size, struct why *why);
void json_free(struct json *j);

/* "FILE: line 3, column 12: groups[1].budget.work: what" into why; always -1. */
int json_wrong(const struct json *j, const cJSON *v, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
const char *json_kind(const cJSON *v); /* "a text", "an array" ... */

/* The member, NULL if there is none. */
const cJSON *json_get(const cJSON *object, const char *key);
/* 0 if v is an object that has no other keys than these. */
int json_keys(const struct json *j, const cJSON *v, const char *const *keys, size_t count);
/* What v is, if it is that: a number in a range, a text, true or false. */
int json_number(
	const struct json *j, const cJSON *v, double min, double max, int whole, double *out);
int json_text(const struct json *j, const cJSON *v, const char **out);
int json_flag(const struct json *j, const cJSON *v, int *out);
/* Place of v's text in words[], which NULL ends. */
int json_word(const struct json *j, const cJSON *v, const char *const *words, int *out);
/* The same of a member, where it is there; *out stays where it is not. must: it has to be. */
int json_get_text(
	const struct json *j, const cJSON *object, const char *key, int must, const char **out);
int json_get_flag(const struct json *j, const cJSON *object, const char *key, int *out);
int json_get_number(const struct json *j, const cJSON *object, const char *key,
	double *out); /* 0 or more */
int json_get_word(const struct json *j, const cJSON *object, const char *key,
	const char *const *words, int *out);

#endif
