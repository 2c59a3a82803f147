/* files.h -- how files are written and read, and where those that ship lie. */
#ifndef FILES_H
#define FILES_H

#include <stddef.h>
#include <stdio.h>
#include "ground/why.h"

/* A file that grows beside its target, under a name of its own, and takes the target's name when it is
 * whole: no reader sees half of it, a kill leaves the old one, and a link of that name is replaced, never
 * followed. A device or a pipe is written as it stands. */
struct new_file {
	FILE *stream;
	int in_place, durable; /* durable: set by the caller, on the disk before it gets its name */
	char target[4096], beside[4096];
};
int file_begin(struct new_file *f, const char *path, struct why *why);
/* Closes and renames; -1: something could not be written, the target is as it was. */
int file_commit(struct new_file *f, struct why *why);
void file_abandon(struct new_file *f); /* closes and removes; also after a failed begin or a commit */
int file_write(const char *path, const char *text, size_t length, struct why *why);

/* A folder, made unless it is there; a link is refused: what it points at is named with a slash behind. */
int folder_make(const char *path, struct why *why);
int folders_make(const char *path, struct why *why); /* with those above it, which may be links */
/* A new empty folder that only this user enters, in `folder`; its path to out. */
int folder_private(const char *folder, char *out, size_t size, struct why *why);
void folder_remove(const char *path); /* with the files in it */
void folder_of(const char *file, char *out, size_t size); /* "." where the name has none */

/* Opens what is a regular file, not a pipe or a device that would hang the reader; -1 and why. */
int file_open_regular(const char *path, struct why *why);
/* The whole of a small regular file, terminated; owned by the caller; NULL and why. */
char *file_read(const char *path, struct why *why);

/* Where the files lie that ship: in the folder that a variable of its own names, and in DATADIR/folder:
 * $NSOBENCH_DATADIR alone if it is set, else where the program is installed, then its source tree. */
enum shelf { SUITES, CLAIMS, TEMPLATES, RESULTS, DATA_SETS };
int shelf_folder(enum shelf p, size_t i, char *out, size_t size); /* 0 behind the last */
/* A path that can be read: `name` itself when it ends in .json, else the file of that name (without
 * its ending) in the first folder that has it. Owned by the caller; NULL and why, with the nearest name. */
char *shelf_find(enum shelf p, const char *name, struct why *why);
/* The .json files in the first folder that has any, one folder deep, without ending, sorted. Freed by
 * the caller, each and all. */
char **shelf_names(enum shelf p, size_t *count);

#endif
