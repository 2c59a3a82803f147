/* gnuplot.c -- one gnuplot process draws all pictures (its start costs half as much as an SVG).
 */
#include <config.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include "ground/files.h"
#include "ground/text.h"
#include "picture/figure.h"

/* Calls `each` with what comes behind the name of a picture in the names of its files; the sum
 * of what it returns. */
struct ending {
	const struct figures *fs;
	const char *name, *end;
	struct why *why;
};
static size_t for_files(const struct figures *fs, const char *name,
	size_t (*each)(const struct ending *), struct why *why)
{
	size_t sum = 0;

	for (const struct format *f = picture_formats; f->name; f++) {
		const char *list = f->tex ? fs->tex : fs->plain, *at = strstr(list, f->name);

		for (size_t i = 0; at && i < 2 && f->file[i]; i++)
			sum += each(&(struct ending){ fs, name, f->file[i], why });
	}
	return sum;
}

static size_t one(const struct ending *e)
{
	(void)e;
	return 1;
}

static size_t is_there(const struct ending *e)
{
	char path[4400];
	struct stat st;

	snprintf(path, sizeof path, "%s/%s%s", e->fs->work, e->name, e->end);
	return !stat(path, &st) && st.st_size > 0;
}

static int drawn(const struct figures *fs, size_t i)
{
	return for_files(fs, fs->name[i], is_there, NULL) ==
	       for_files(fs, fs->name[i], one, NULL);
}

/* Moves a file to where it belongs; one that was not drawn leaves none of an earlier call
 * there. */
static size_t publish_one(const struct ending *e)
{
	char from[4200], to[4200];

	snprintf(from, sizeof from, "%s/%s%s", e->fs->work, e->name, e->end);
	snprintf(to, sizeof to, "%s/%s%s", e->fs->folder, e->name, e->end);
	if (!rename(from, to))
		return 0;
	if (errno == ENOENT && (!unlink(to) || errno == ENOENT))
		return 0;
	fail(e->why, "%s: cannot be written: %s", to, strerror(errno));
	return 1;
}

static int publish(const struct figures *fs, struct why *why)
{
	static const char *const ours[] = { ".gp", "-tex.gp", ".dat" };
	size_t bad = 0;

	for (size_t i = 0; i < fs->count && !bad; i++) {
		for (size_t k = 0; k < sizeof ours / sizeof *ours; k++)
			bad += publish_one(&(struct ending){ fs, fs->name[i], ours[k], why });
		bad += for_files(fs, fs->name[i], publish_one, why);
	}
	if (!is_there(&(struct ending){ fs, "gnuplot", ".log", why })) {
		char path[4200]; /* it had nothing to say */

		snprintf(path, sizeof path, "%s/gnuplot.log", fs->work);
		unlink(path);
	}
	return bad || publish_one(&(struct ending){ fs, "gnuplot", ".log", why }) ? -1 : 0;
}

/* What a user has set up for gnuplot must not change our pictures. */
static void forget_settings(void)
{
	static const char *const names[] = { "GNUTERM", "GNUPLOT_LIB", "GNUPLOT_DRIVER_DIR",
		"GNUPLOT_PS_DIR", "GNUPLOT_FONTPATH", "GNUPLOT_DEFAULT_GDFONT", "GDFONTPATH",
		"FIT_SCRIPT", "FIT_LOG" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		unsetenv(names[i]);
}

/* Runs the scripts from `first` on; the exit status of gnuplot, 127 where it is missing. */
static int gnuplot(const struct figures *fs, size_t first)
{
	const char *program = getenv("GNUPLOT");
	char **argv = calloc(2 * fs->count + 4, sizeof *argv), defaults[] = "-d";
	char(*file)[104] = calloc(2 * fs->count + 1, sizeof *file);
	int status = -1;
	pid_t child;

	fflush(NULL);
	if (!argv || !file || (child = fork()) < 0) {
		free(argv);
		free(file);
		return -1;
	}
	if (!child) {
		int log;

		program = program && *program ? program : GNUPLOT;
		argv[0] = (char *)(uintptr_t)program;
		argv[1] = defaults;
		forget_settings();
		for (size_t i = first, n = 0; i < fs->count; i++) {
			snprintf(file[n], sizeof file[n], "%s.gp", fs->name[i]);
			argv[2 + n] = file[n];
			n++;
			if (!*fs->plain || !*fs->tex)
				continue;
			snprintf(file[n], sizeof file[n], "%s-tex.gp", fs->name[i]);
			argv[2 + n] = file[n];
			n++;
		}
		if (chdir(fs->work) ||
			(log = open("gnuplot.log", O_WRONLY | O_CREAT | O_TRUNC, 0666)) < 0)
			_exit(126);
		dup2(log, 2);
		execvp(program, argv);
		_exit(127);
	}
	free(argv);
	free(file);
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int missing(const struct figures *fs, struct why *why)
{
	struct text folder = { 0 };

	text_shell(&folder, fs->folder);
	fail(why,
		"gnuplot is missing, no picture was drawn. Install it (Debian, Ubuntu: apt-get "
		"install "
		"gnuplot-nox; Fedora: dnf install gnuplot; Arch: pacman -S gnuplot; macOS: "
		"brew install "
		"gnuplot). Scripts and data are kept: cd %s && gnuplot -d *.gp",
		folder.failed ? fs->folder : folder.s);
	text_free(&folder);
	return -1;
}

static int draw(struct figures *fs, struct why *why)
{
	size_t bad = 0, worst = 0;
	int dumb = !strcmp(fs->formats, "dumb");

	for (size_t first = 0; first < fs->count;) {
		int status = gnuplot(fs, first);
		size_t done = first;

		if (status == 127)
			return missing(fs, why);
		if (dumb)
			return status ? fail(why, "gnuplot failed: %s/gnuplot.log tells why",
						fs->folder)
				      : 0;
		while (done < fs->count && drawn(fs, done))
			done++;
		if (done == fs->count)
			break;
		if (!bad++)
			worst = done;
		first = done + 1; /* the script that failed ended gnuplot: go on behind it */
	}
	if (bad)
		return fail(why, "gnuplot failed on %zu of %zu pictures, the first is %s/%s.gp",
			bad, fs->count, fs->folder, fs->name[worst]);
	return 0;
}

int figures_draw(struct figures *fs, struct why *why)
{
	struct why moving;
	int bad = draw(fs, why);

	if (publish(fs, &moving)) /* scripts and data also where gnuplot failed */
		return bad ? bad : fail(why, "%s", moving.text);
	return bad;
}

static size_t print_one(const struct ending *e)
{
	printf("%s/%s%s\n", shown(e->fs->folder), e->name, e->end);
	return 1;
}

void figures_print(const struct figures *fs)
{
	for (size_t i = 0; i < fs->count; i++)
		for_files(fs, fs->name[i], print_one, NULL);
}

void figures_free(struct figures *fs)
{
	if (*fs->work)
		folder_remove(fs->work);
	for (size_t i = 0; i < fs->count; i++)
		free(fs->name[i]);
	free(fs->name);
	*fs = (struct figures){ 0 };
}
