/* apart.c -- a child for code that may break: a session, a process group and descriptors of its
 * own, watched until it ends. */
#include <config.h>
#include "run/apart.h"
#include "run/kin.h"
#include "run/oracle.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/wait.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

enum { TICK = 20, CHANNEL = 3 };

/* ---------------------------------------------------------------- the child --------------- */

static void close_from(int first)
{
	DIR *open = opendir("/proc/self/fd");
	struct dirent *entry;

	if (!open)
		for (int fd = first; fd < 4096; fd++)
			close(fd);
	while (open && (entry = readdir(open)))
		if (atoi(entry->d_name) >= first && atoi(entry->d_name) != dirfd(open))
			close(atoi(entry->d_name));
	if (open)
		closedir(open);
}

static void settle(int channel, pid_t parent)
{
	int null = open("/dev/null", O_RDONLY);

	setsid(); /* a process group of its own; and the terminal is not its */
#ifdef __linux__
	prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
	if (getppid() != parent)
		_exit(1);
	dup2(null, 0);
	if (dup2(2, 1) < 0)
		close(1); /* data on stdout is not its to write */
	dup2(channel, CHANNEL);
	close_from(CHANNEL + 1);
}

/* ---------------------------------------------------------------- the watch --------------- */

static void end(pid_t pid)
{
	kill(pid, SIGKILL);
	kill(-pid, SIGKILL); /* its group; the child may not have made it yet */
}

/* Is the child dead? It is not buried before its group is ended: until then the number is its
 * own. */
static int gone(struct apart *a, pid_t pid, const struct kin *before)
{
	siginfo_t s = { .si_pid = 0 };

	if (waitid(P_PID, (id_t)pid, &s, WEXITED | WNOHANG | WNOWAIT) || s.si_pid != pid)
		return 0;
	kill(-pid, SIGKILL);
	waitpid(pid, &a->how, 0);
	kin_end_others(before);
	return 1;
}

/* Reads until the child is dead and nobody holds the channel any more. */
static void listen_to(
	struct apart *a, pid_t pid, int from, const struct kin *before, const struct limits *l)
{
	double start = seconds_now();
	struct pollfd p = { from, POLLIN, 0 };
	int more = 1, dead = 0, ready;

	while (more || !dead) {
		ready = poll(&p, more ? 1 : 0, more ? TICK : 1);
		if (more && ready > 0)
			more = frame_receive(from, &a->said);
		if (dead && !ready)
			break; /* somebody out of reach holds the channel: what has come is all
				*/
		if (dead)
			continue;
		if (stop_request)
			kill(pid, SIGTERM);
		if (!a->noise && (a->noise = frame_is_noise(&a->said)))
			end(pid);
		if (!a->killed && (a->killed = limit_broken(l, pid, start)))
			end(pid);
		dead = gone(a, pid, before);
	}
	a->seconds = seconds_now() - start;
}

int apart_run(struct apart *a, void (*work)(void *arg, int channel), void *arg,
	const struct limits *l, struct why *why)
{
	struct kin before;
	pid_t me = getpid(), pid;
	int ends[2];

	*a = (struct apart){ .killed = RUNNING };
	if (pipe(ends))
		return fail(why, "pipe: %s", strerror(errno));
	kin_adopt();
	kin_note(&before);
	fflush(NULL);
	pid = fork();
	if (pid == 0) {
		settle(ends[1], me);
		work(arg, CHANNEL);
		_exit(0);
	}
	close(ends[1]);
	if (pid < 0) {
		close(ends[0]);
		return fail(why, "fork: %s", strerror(errno));
	}
	fcntl(ends[0], F_SETFL, O_NONBLOCK);
	listen_to(a, pid, ends[0], &before, l);
	close(ends[0]);
	return 0;
}
