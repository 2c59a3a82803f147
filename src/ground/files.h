/* files.h -- how files and folders are made, and how files are opened. */
#ifndef FILES_H
#define FILES_H

#include <stddef.h>
#include "ground/why.h"

/* A file that grows beside its target, under a name of its own, and takes the target's name
 * when it is whole: no reader sees half of it, a kill leaves the old one, and a link of that
 * name is replaced, never followed. A device or a pipe is written as it stands. */
struct new_file {
	FILE *stream;
	int in_place,
		durable; /* durable: set by the caller, on the disk before it gets its name */
	char target[4096], beside[4096];
};
int file_begin(struct new_file *f, const char *path, struct why *why);
/* Closes and renames; -1: something could not be written, the target is as it was. */
int file_commit(struct new_file *f, struct why *why);
void file_abandon(
	struct new_file *f); /* closes and removes; also after a failed begin or a commit */
int file_write(const char *path, const char *text, size_t length, struct why *why);

/* A folder, made unless it is there; a link is refused: what it points at is named with a slash
 * behind. */
int folder_make(const char *path, struct why *why);
int folders_make(
	const char *path, struct why *why); /* with those above it, which may be links */
/* A new empty folder that only this user enters, in `folder`; its path to out. */
int folder_private(const char *folder, char *out, size_t size, struct why *why);
void folder_remove(const char *path);                     /* with the files in it */
void folder_of(const char *file, char *out, size_t size); /* "." where the name has none */

/* Opens what is a regular file, not a pipe or a device that would hang the reader; -1 and why.
 */
int file_open_regular(const char *path, struct why *why);
#endif
