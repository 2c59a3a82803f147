/* settings.h -- the settings of a cell, each one row of a table: how it is typed, how it stands
 * in suites and claims, in records and in the key, follow from the row. */
#ifndef SETTINGS_H
#define SETTINGS_H

#include "ground/json.h"
#include "ground/text.h"
#include "run/cell.h"

/* Settings under which runs are made: a cell as a template, and two lists. */
struct settings {
	struct cell cell;
	int *instances;
	size_t instance_count;
	uint64_t *seeds;
	size_t seed_count;
};
int settings_init(struct settings *s); /* the defaults, instance 0, seed 1; -1: memory */
int settings_copy(struct settings *to, const struct settings *from); /* -1: memory */
void settings_free(struct settings *s);

enum { SETTINGS = 40 }; /* room for so many rows, the end included */
enum setting_form {     /* in JSON */
	FORM_NUMBER,    /* a number; null is 0 where 0 is in the range */
	FORM_WORD,      /* a text */
	FORM_NUMBERS,   /* a number or an array of numbers */
	FORM_WORDS      /* an array of texts */
};
struct setting {
	const char *key;                   /* in suites and claims: "schedule", "budget.work" */
	const char *option, *value, *help; /* --budget WORK, and one line for --help */
	const char *record; /* its place in a record, "sample.batch"; NULL: in none */
	enum setting_form form;
	/* a number: where it is in struct cell, as what, and its closed range */
	enum { AS_DOUBLE, AS_SIZE, AS_INT, AS_SPECIAL } as;
	size_t at;
	double min, max;
	int whole;
	int later; /* came after version 1.0: silent in the key at its default */
	/* AS_SPECIAL: from text; to the JSON of a record, 0 where nothing is written; to the
	 * numbers (at most 4) that enter the key, how many they are. NULL: not needed. */
	int (*set)(struct settings *s, const char *text, struct why *why);
	int (*print)(const struct cell *c, struct text *t);
	size_t (*numbers)(const struct cell *c, double *out);
};
/* In the order of the key. */
extern const struct setting settings_table[];

/* Sets one setting from its text. */
int setting_set(
	const struct setting *row, struct settings *s, const char *text, struct why *why);
/* What was typed, text[i] for row i or NULL, over what s holds. A typed limit replaces those of
 * a suite. */
int settings_apply(const char *const text[SETTINGS], struct settings *s, struct why *why);

/* Place of the row with this key, -1: there is none. */
int setting_find(const char *key);

/* The keys of settings at the top of an object, "budget" once; appended to keys, returns how
 * many. */
enum { SETTING_KEYS = 13 };
size_t setting_keys(const char **keys);
/* What the setting keys of the object say, over what s holds; other keys are not looked at. */
int settings_read(const struct json *j, const cJSON *object, struct settings *s);
/* The text that a JSON value is for this row: what setting_set takes. */
int setting_text(
	const struct json *j, const cJSON *v, const struct setting *row, struct text *out);

void settings_json(
	struct text *t, const struct cell *c); /* for a record: ,"seed":1,"sample":{...} ... */

/* 16 hex digits of the hash of all that determines the cell. */
void cell_key(const struct cell *c, char key[17]);
/* The same but for the builds of plug-ins: what was ordered, whoever does it. */
void cell_order(const struct cell *c, char key[17]);

/* "0,2,5-7" to a list; owned by the caller. */
int parse_list(const char *text, int **list, size_t *count, struct why *why);

#endif
