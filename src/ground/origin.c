/* origin.c -- the entries that came from plug-ins. */
#include <config.h>
#include "ground/origin.h"
#include <stddef.h>

static struct guest {
	const void *entry;
	struct origin origin;
} guests[MOST_GUESTS];
static size_t guest_count;

const struct origin *entry_origin(const void *entry)
{
	for (size_t i = 0; i < guest_count; i++)
		if (guests[i].entry == entry)
			return &guests[i].origin;
	return NULL;
}

void origin_note(const void *entry, const struct origin *origin)
{
	guests[guest_count++] = (struct guest){ entry, *origin };
}
