/* process.c -- starts programs, keeps the end of their output, and leaves nothing of them
 * behind. Between us and the program stands a keeper: it leads their process group and kills
 * all of it when we let go of the leash, also when we die ourselves. */
#include <config.h>
#include "run/ending.h"
#include "run/process.h"
#include "build.h"
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SOCKET = 3, SHARED = 4, LEASH = 5, FIRST_FREE = 6 };

/* ---------------------------------------------------------------- how to start it ------------ */

static int ends_in(const char *path, const char *end)
{
	size_t n = strlen(path), k = strlen(end);

	return n > k && !strcmp(path + n - k, end);
}

/* "#!/usr/bin/env python3": the interpreter and at most one argument, as the kernel reads it.
 */
static int read_shebang(const char *path, char *buffer, size_t size)
{
	FILE *f = fopen(path, "r");
	int got = f && fgets(buffer, (int)size, f) && !strncmp(buffer, "#!", 2);

	if (f)
		fclose(f);
	if (got)
		buffer[strcspn(buffer, "\r\n")] = 0;
	return got ? 0 : -1;
}

static char *skip_blanks(char *s)
{
	while (isspace((unsigned char)*s))
		s++;
	return s;
}

static size_t split_shebang(char *line, const char *words[4])
{
	char *word = skip_blanks(line + 2), *rest = word + strcspn(word, " \t");
	size_t k = 0;

	words[k++] = word;
	if (*rest) {
		*rest++ = 0;
		rest = skip_blanks(rest);
		for (size_t n = strlen(rest); n && isspace((unsigned char)rest[n - 1]); n--)
			rest[n - 1] = 0;
		if (*rest)
			words[k++] = rest;
	}
	return k;
}

int program_command(const char *path, const char *words[4], char *buffer, size_t size)
{
	size_t k = 0;

	if (!read_shebang(path, buffer, size))
		k = split_shebang(buffer, words);
	else if (ends_in(path, ".py"))
		words[k++] = PYTHON;
	else if (access(path, X_OK))
		return -1;
	words[k++] = path;
	words[k] = NULL;
	return 0;
}

/* ---------------------------------------------------------------- the keeper ----------------- */

static void close_from(int first)
{
#ifdef HAVE_CLOSE_RANGE
	if (!close_range((unsigned)first, ~0U, 0))
		return;
#endif
	for (long fd = first, end = sysconf(_SC_OPEN_MAX); fd < end && fd < 65536; fd++)
		close((int)fd);
}

/* Moves descriptors to first, first + 1, ...: by way of high numbers, so that none is
 * overwritten. */
static void place(int *fds, int count, int first)
{
	for (int i = 0; i < count; i++)
		fds[i] = fcntl(fds[i], F_DUPFD, 64);
	for (int i = 0; i < count; i++) {
		dup2(fds[i], first + i);
		close(fds[i]);
	}
}

/* The package beside this program is found by programs that do not have it installed. */
static void set_python_path(void)
{
	const char *old = getenv("PYTHONPATH");
	const char *here = access(SOURCEDIR "/python/nsobench/wire.py", R_OK) ? PYTHONDIR
									      : SOURCEDIR
				   "/python";
	char all[8192];

	snprintf(all, sizeof all, "%s%s%s", old ? old : "", old && *old ? ":" : "", here);
	setenv("PYTHONPATH", all, 1);
}

static _Noreturn void become(const char *const *words)
{
	char *argv[4];
	sigset_t none;

	for (size_t i = 0; i < 4; i++) /* exec wants them writable, and does not write */
		argv[i] = (char *)(uintptr_t)words[i];
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGINT, SIG_DFL);
	signal(SIGTERM, SIG_DFL);
	signal(SIGPIPE, SIG_DFL);
	setenv("NSOBENCH_WIRE", "3", 1);
	setenv("NSOBENCH_SHARED", "4", 1);
	setenv("PYTHONUNBUFFERED", "1",
		1); /* the last words of one that is killed must be here */
	set_python_path();
	close(LEASH);
	execvp(argv[0], argv);
	dprintf(2, "cannot start %s: %s\n", argv[0], strerror(errno));
	_exit(127);
}

static void on_child(int signal) { (void)signal; /* interrupts pselect */ }

/* SIGCHLD comes in pselect and nowhere else: *open is the mask there. */
static void settle(sigset_t *open)
{
	struct sigaction child = { .sa_handler = on_child };
	sigset_t block;

	setpgid(0, 0);
	signal(SIGINT, SIG_IGN);
	signal(SIGTERM, SIG_IGN);
	signal(SIGPIPE, SIG_IGN);
	sigaction(SIGCHLD, &child, NULL);
	sigemptyset(&block);
	sigaddset(&block, SIGCHLD);
	sigprocmask(SIG_BLOCK, &block, open);
	sigdelset(open, SIGCHLD);
}

/* Tells who the program is and how it ended; ends all when the leash is let go of. */
static _Noreturn void keep(const char *const *words)
{
	sigset_t open;
	fd_set look;
	pid_t pid;
	int how;

	settle(&open);
	pid = fork();
	if (pid == 0)
		become(words);
	for (int fd = 0; fd < LEASH; fd++)
		close(fd); /* what is open here would hide the program's end from the harness */
	if (write(LEASH, &pid, sizeof pid) != sizeof pid)
		kill(0, SIGKILL);
	for (;;) {
		FD_ZERO(&look);
		FD_SET(LEASH, &look);
		if (pselect(LEASH + 1, &look, NULL, NULL, NULL, &open) > 0)
			kill(0, SIGKILL);
		if (pid > 0 && waitpid(pid, &how, WNOHANG) == pid) {
			pid = 0;
			if (write(LEASH, &how, sizeof how) != sizeof how)
				kill(0, SIGKILL);
		}
	}
}

static _Noreturn void child(
	const char *const *words, int socket, int shared, int leash, int output)
{
	int fds[6] = { open("/dev/null", O_RDONLY), output, dup(output), socket, shared,
		leash };

	place(fds, 6, 0);
	close_from(FIRST_FREE);
	keep(words);
}

int process_start(
	struct process *p, const char *const *words, int socket, int shared, struct why *why)
{
	int leash[2], output[2];

	*p = (struct process){ .leash = -1, .output = -1 };
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, leash))
		return fail(why, "socketpair: %s", strerror(errno));
	if (pipe(output)) {
		close(leash[0]);
		close(leash[1]);
		return fail(why, "pipe: %s", strerror(errno));
	}
	fflush(NULL);
	p->keeper = fork();
	if (p->keeper == 0)
		child(words, socket, shared, leash[1], output[1]);
	close(leash[1]);
	close(output[1]);
	p->leash = leash[0];
	p->output = output[0];
	fcntl(p->leash, F_SETFD, FD_CLOEXEC);
	fcntl(p->output, F_SETFD, FD_CLOEXEC);
	fcntl(p->output, F_SETFL, O_NONBLOCK);
	if (p->keeper < 0 || read(p->leash, &p->pid, sizeof p->pid) != sizeof p->pid ||
		p->pid < 0) {
		process_kill(p);
		return fail(why, "fork: %s", strerror(errno));
	}
	return 0;
}

/* ---------------------------------------------------------------- watching it ---------------- */

/* Keeps the last PROCESS_TAIL bytes. */
static void keep_tail(struct process *p, const char *more, size_t size)
{
	size_t old;

	p->written += size;
	if (size > PROCESS_TAIL) {
		more += size - PROCESS_TAIL;
		size = PROCESS_TAIL;
	}
	old = p->used + size > PROCESS_TAIL ? PROCESS_TAIL - size : p->used;
	memmove(p->tail, p->tail + p->used - old, old);
	memcpy(p->tail + old, more, size);
	p->used = old + size;
}

static void read_output(struct process *p)
{
	char more[16384];
	ssize_t got = 0;

	/* a program that prints faster than we read must not hold us here */
	for (int i = 0; i < 64 && p->output >= 0; i++) {
		got = read(p->output, more, sizeof more);
		if (got <= 0)
			break;
		keep_tail(p, more, (size_t)got);
	}
	if (got == 0 && p->output >= 0) {
		close(p->output);
		p->output = -1;
	}
}

void process_look(struct process *p)
{
	read_output(p);
	if (!p->gone && p->leash >= 0 &&
		recv(p->leash, &p->how, sizeof p->how, MSG_DONTWAIT) == sizeof p->how) {
		p->gone = 1;
		read_output(p);
	}
}

void process_kill(struct process *p)
{
	if (p->leash >= 0)
		close(p->leash);
	if (p->keeper > 0) {
		kill(-p->keeper, SIGKILL);
		kill(p->keeper, SIGKILL); /* it may not lead its group yet */
		while (waitpid(p->keeper, NULL, 0) < 0 && errno == EINTR)
			;
	}
	read_output(p);
	if (p->output >= 0)
		close(p->output);
	p->leash = p->output = -1;
	p->keeper = p->pid = 0;
}

void process_last_lines(const struct process *p, char *out, size_t size)
{
	size_t end = p->used, begin, k = 0;

	while (end && isspace((unsigned char)p->tail[end - 1]))
		end--;
	begin = end > size / 2 ? end - size / 2 : 0;
	for (size_t i = begin; begin && i < end; i++)
		if (p->tail[i] == '\n') { /* whole lines, where there are some */
			begin = i + 1;
			break;
		}
	for (size_t i = begin; i < end && k + 4 < size; i++) {
		unsigned char c = (unsigned char)p->tail[i];

		if (c == '\n')
			k += (size_t)snprintf(out + k, size - k, " | ");
		else if (isprint(c))
			out[k++] = (char)c;
		else
			out[k++] = c == '\t' ? ' ' : '?';
	}
	out[k] = 0;
}

void process_end_text(const struct process *p, char *out, size_t size)
{
	if (!p->gone)
		snprintf(out, size, "it closed its socket");
	else if (WIFSIGNALED(p->how))
		snprintf(out, size, "signal %d (%s)", WTERMSIG(p->how),
			strsignal(WTERMSIG(p->how)));
	else
		snprintf(out, size, "exit code %d", WEXITSTATUS(p->how));
}

double process_mib(const struct process *p) { return p->pid > 0 ? resident_mib(p->pid) : 0; }
