/* kin.h -- the child processes of this one: which there are, and the end of those that a
 * plug-in left. */
#ifndef KIN_H
#define KIN_H

#include <stddef.h>
#include <sys/types.h>

enum { MOST_KIN = 512 };
struct kin { /* the children that are to stay */
	pid_t pid[MOST_KIN];
	size_t count;
};
void kin_note(struct kin *k); /* the children that there are now */
void kin_add(struct kin *k, pid_t pid);
/* Orphans among this process' descendants become its children: without that they cannot be
 * found. */
void kin_adopt(void);
/* Kills and buries all children but those, and the children that they leave. */
void kin_end_others(const struct kin *k);

#endif
