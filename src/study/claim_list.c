/* claim_list.c -- the claims that there are, as text and JSON. */
#include <config.h>
#include "ground/find.h"
#include "ground/quote.h"
#include "study/claim.h"
#include "study/claim_list.h"
#include <stdlib.h>

/* Calls `each` with every claim that can be read; a broken one is left out here and refused by
 * name. */
static int for_each(int (*each)(const struct claim *c, size_t i, void *data), void *data)
{
	size_t count, good = 0;
	char **names = shipped_names(CLAIMS, &count);
	int bad = 0;

	for (size_t i = 0; i < count; i++) {
		struct claim c;
		struct why why;
		char *path = shipped_find(CLAIMS, names[i], &why);

		if (path && !bad && !claim_read(&c, path, &why)) {
			bad = each(&c, good++, data);
			claim_free(&c);
		}
		free(path);
	}
	names_free(names, count);
	return bad;
}

static int print_one(const struct claim *c, size_t i, void *data)
{
	(void)i;
	(void)data;
	printf("  %-26s %s%s%s\n", shown(c->id), shown(c->title), c->proved ? " (proved)" : "",
		c->slow ? " (slow)" : "");
	return 0;
}

void claims_print(void) { for_each(print_one, NULL); }

static int json_one(const struct claim *c, size_t i, void *data)
{
	struct text *t = data;

	text_add(t, "%s\n{\"name\":", i ? "," : "");
	text_json(t, c->id);
	text_add(t, ",\"title\":");
	text_json(t, c->title);
	text_add(t, ",\"statement\":");
	text_json(t, c->statement);
	text_add(t, ",\"source\":");
	text_json(t, c->source);
	text_add(t, ",\"proved\":%s,\"slow\":%s}", c->proved ? "true" : "false",
		c->slow ? "true" : "false");
	return t->failed ? -1 : 0;
}

int claims_json(struct text *t)
{
	text_add(t, "[");
	if (for_each(json_one, t))
		return -1;
	text_add(t, "]");
	return t->failed ? -1 : 0;
}
