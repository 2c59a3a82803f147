/* grow.c -- lists that grow: by doubling, so that n appends cost O(n). */
#include <config.h>
#include "ground/grow.h"
#include <stdint.h>
#include <stdlib.h>

int room_for(void *list, size_t need, size_t *room, size_t size)
{
	void **p = list, *q;
	size_t more = *room ? *room : 64;

	if (need <= *room)
		return 0;
	while (more < need)
		more = more > SIZE_MAX / 2 ? need : 2 * more;
	if (more > SIZE_MAX / size || !(q = realloc(*p, more * size)))
		return -1;
	*p = q;
	*room = more;
	return 0;
}
