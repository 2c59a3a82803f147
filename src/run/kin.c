/* kin.c -- children from /proc; elsewhere than on Linux there are none to be found, and a
 * plug-in's process group is all that is ended. */
#include <config.h>
#include "run/kin.h"
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/wait.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

enum { ROUNDS = 1000 }; /* what is killed may have forked meanwhile */

void kin_add(struct kin *k, pid_t pid)
{
	if (k->count < MOST_KIN)
		k->pid[k->count++] = pid;
}

void kin_adopt(void)
{
#ifdef __linux__
	prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
#endif
}

static pid_t parent_of(const char *pid)
{
	char path[300], line[512], *end;
	long parent = -1;
	FILE *f;

	snprintf(path, sizeof path, "/proc/%s/stat", pid);
	f = fopen(path, "r");
	/* the name in brackets may hold anything, brackets too */
	if (f && fgets(line, sizeof line, f) && (end = strrchr(line, ')')))
		sscanf(end + 1, " %*c %ld", &parent);
	if (f)
		fclose(f);
	return (pid_t)parent;
}

void kin_note(struct kin *k)
{
	siginfo_t any;
	struct dirent *entry;
	pid_t me = getpid();
	DIR *proc;

	k->count = 0;
	/* the usual answer, and a cheap one: there are no children at all */
	if (waitid(P_ALL, 0, &any, WEXITED | WNOHANG | WNOWAIT) && errno == ECHILD)
		return;
	proc = opendir("/proc");
	while (proc && (entry = readdir(proc)))
		if (isdigit((unsigned char)*entry->d_name) && parent_of(entry->d_name) == me)
			kin_add(k, (pid_t)atol(entry->d_name));
	if (proc)
		closedir(proc);
}

static int stays(const struct kin *k, pid_t pid)
{
	for (size_t i = 0; i < k->count; i++)
		if (k->pid[i] == pid)
			return 1;
	return 0;
}

void kin_end_others(const struct kin *k)
{
	struct kin now;
	int ended = 1;

	for (int round = 0; ended && round < ROUNDS; round++) {
		ended = 0;
		kin_note(&now);
		for (size_t i = 0; i < now.count; i++)
			if (!stays(k, now.pid[i])) {
				kill(now.pid[i], SIGKILL);
				waitpid(now.pid[i], NULL, 0);
				ended = 1;
			}
	}
}
