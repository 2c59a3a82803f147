/* grow.h -- lists that grow. */
#ifndef GROW_H
#define GROW_H

#include <stddef.h>

/* Makes a list (a pointer to its pointer) long enough for `need` elements of this size, of
 * which it has *room; -1: no memory, and the list is as it was. */
int room_for(void *list, size_t need, size_t *room, size_t size);

#endif
