/* entry.h -- is a problem or an optimizer that somebody else wrote what nsobench.h asks for? */
#ifndef ENTRY_H
#define ENTRY_H

#include "nsobench.h"
#include "ground/why.h"

/* Names that can be typed, texts that end, tables that end, numbers within their ranges. 0, or
 * -1 and why; path is for the message. What texts hold is free: they are quoted where they go
 * out. All of it is read: a wild pointer ends this process. */
int problem_check(const struct nso_problem *p, const char *path, struct why *why);
int optimizer_check(const struct nso_optimizer *o, const char *path, struct why *why);

#endif
