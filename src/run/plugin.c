/* plugin.c -- shared objects: tried in a child first, then loaded here, with what their
 * constructors change of this process put back. And programs, which are never loaded. */
#include <config.h>
#include "build.h"
#include "ground/random.h"
#include "ground/registry.h"
#include "run/apart.h"
#include "run/kin.h"
#include "run/plugin.h"
#include "run/program.h"
#include <dlfcn.h>
#include <fcntl.h>
#include <fenv.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/stat.h>
#include <sys/time.h>
#ifdef __linux__
#include <link.h>
#endif

static const struct limits patience = { 10, INFINITY }; /* seconds for loading */

/* ---------------------------------------------------------------- loading ----------------- */

enum { OLDEST_ABI = 2 };

/* A problem built for NSO_ABI 2 ends before its saddle form: it has none. */
static int add_problem_of(
	unsigned abi, const struct nso_problem *p, const struct origin *from, struct why *why)
{
	struct nso_problem whole = { 0 };

	if (abi >= NSO_ABI)
		return add_problem(p, from, why);
	memcpy(&whole, p, offsetof(struct nso_problem, saddle));
	return add_problem(&whole, from, why);
}

/* nso_optimizer_FILE or nso_problem_FILE: a built-in file compiles unchanged into a plug-in. */
static int add_by_file_name(void *so, unsigned abi, const struct origin *from, struct why *why)
{
	const char *base = strrchr(from->path, '/') ? strrchr(from->path, '/') + 1 : from->path;
	char stem[128], symbol[160];
	const void *found;

	snprintf(stem, sizeof stem, "%.*s", (int)strcspn(base, "."), base);
	for (char *c = stem; *c; c++)
		if (*c == '-')
			*c = '_';
	snprintf(symbol, sizeof symbol, "nso_optimizer_%s", stem);
	if ((found = dlsym(so, symbol)))
		return add_optimizer(found, from, why);
	snprintf(symbol, sizeof symbol, "nso_problem_%s", stem);
	if ((found = dlsym(so, symbol)))
		return add_problem_of(abi, found, from, why);
	return fail(why, "%s exports none of nso_plugin, nso_optimizer_%s, nso_problem_%s",
		from->path, stem, stem);
}

static int load(const struct origin *from, struct why *why)
{
	char here[4096];
	void *so;
	const unsigned *abi;
	const struct nso_plugin *plugin;

	/* without a slash dlopen would search the system's folders, not this one */
	snprintf(here, sizeof here, "%s%s", strchr(from->path, '/') ? "" : "./", from->path);
	so = dlopen(here, RTLD_NOW | RTLD_LOCAL);
	if (!so)
		return fail(why, "plug-in %s", dlerror());
	abi = dlsym(so, "nso_abi");
	if (!abi || *abi < OLDEST_ABI || *abi > NSO_ABI)
		return fail(why,
			"plug-in %s was built for NSO_ABI %u, this program takes %u to %u: "
			"recompile it",
			from->path, abi ? *abi : 0, OLDEST_ABI, NSO_ABI);
	plugin = dlsym(so, "nso_plugin");
	if (!plugin)
		return add_by_file_name(so, *abi, from, why);
	for (size_t i = 0; plugin->problems && plugin->problems[i]; i++)
		if (add_problem_of(*abi, plugin->problems[i], from, why))
			return -1;
	for (size_t i = 0; plugin->optimizers && plugin->optimizers[i]; i++)
		if (add_optimizer(plugin->optimizers[i], from, why))
			return -1;
	return 0;
}

/* ---------------------------------------------------------------- the trial --------------- */

static void try_it(void *arg, int channel)
{
	struct why why = { "" };
	struct bytes b = { 0 };

	if (load(arg, &why))
		bytes_add(&b, why.text, strlen(why.text));
	frame_send(channel, 0, "plug-in", &b);
}

/* Whether a child lives through all of load. */
static int survives(const struct origin *from, struct why *why)
{
	struct apart a;
	struct record r;
	struct why bad;
	int whole;

	if (apart_run(&a, try_it, (void *)from, &patience, why))
		return -1;
	whole = frame_check(&a.said, 0, "plug-in", &bad);
	if (whole > 0 && frame_length(&a.said)) {
		fail(why, "%.*s", (int)frame_length(&a.said), frame_payload(&a.said));
	} else if (whole <= 0) {
		ending_record(
			&r, &patience, a.killed, a.how, a.seconds, whole < 0 ? bad.text : NULL);
		fail(why,
			"plug-in %s cannot be loaded: a trial in a process of its own ended: "
			"%s",
			from->path, r.reason);
		whole = 0;
	}
	whole = whole > 0 && !frame_length(&a.said);
	bytes_free(&a.said);
	return whole ? 0 : -1;
}

/* ---------------------------------------------------------------- what must not change
 * -------- */

struct surroundings {
	fenv_t floats;
	sigset_t mask;
	struct sigaction action[NSIG];
	mode_t umask;
	int folder;
	char locale[256];
	struct kin kin;
};

static void remember(struct surroundings *s)
{
	fegetenv(&s->floats);
	sigprocmask(SIG_SETMASK, NULL, &s->mask);
	for (int i = 1; i < NSIG; i++)
		sigaction(i, NULL, &s->action[i]);
	umask(s->umask = umask(0));
	s->folder = open(".", O_RDONLY | O_CLOEXEC);
	snprintf(s->locale, sizeof s->locale, "%s", setlocale(LC_ALL, NULL));
	kin_note(&s->kin);
}

/* What a constructor did to the process that all cells come from; -1 where the folder is lost.
 */
static int put_back(const struct surroundings *s)
{
	const struct itimerval none = { .it_value = { 0, 0 } };
	int lost = s->folder >= 0 && fchdir(s->folder);

	if (s->folder >= 0)
		close(s->folder);
	setitimer(ITIMER_REAL, &none, NULL);
	setitimer(ITIMER_VIRTUAL, &none, NULL);
	setitimer(ITIMER_PROF, &none, NULL);
	for (int i = 1; i < NSIG; i++)
		sigaction(i, &s->action[i], NULL);
	sigprocmask(SIG_SETMASK, &s->mask, NULL);
	umask(s->umask);
	setlocale(LC_ALL, s->locale);
	kin_end_others(&s->kin);
	fesetenv(&s->floats);
	return lost;
}

/* ---------------------------------------------------------------- the file ---------------- */

/* Two builds of one method are two methods: their bytes tell them apart. */
static uint64_t hash_file(const char *path)
{
	static char block[1 << 16];
	uint64_t h = HASH_START;
	FILE *f = fopen(path, "rb");
	size_t n;

	while (f && (n = fread(block, 1, sizeof block, f)) > 0)
		h = hash_bytes(h, block, n);
	if (f)
		fclose(f);
	return h;
}

static int load_shared_object(const struct origin *from, struct why *why)
{
	static struct surroundings s;
	int bad = survives(from, why);

	if (bad)
		return -1;
	remember(&s);
	bad = load(from, why);
	if (put_back(&s) && !bad)
		bad = fail(why, "plug-in %s: loading it loses the working folder", from->path);
	return bad;
}

/* ELF files are both: those that name an interpreter of theirs are started, not loaded. */
static int is_shared_object(const char *path)
{
	char magic[4] = "";
	int shared;
	FILE *f = fopen(path, "rb");

	if (!f)
		return 1; /* dlopen says what is wrong with it */
	shared = fread(magic, 1, 4, f) == 4 &&
		 (!memcmp(magic, "\177ELF", 4) || !memcmp(magic, "\xcf\xfa\xed\xfe", 4));
#ifdef __linux__
	ElfW(Ehdr) head;
	ElfW(Phdr) part;

	rewind(f);
	if (shared && fread(&head, sizeof head, 1, f) == 1) {
		shared = head.e_type == ET_DYN;
		for (size_t i = 0; shared && i < head.e_phnum; i++)
			if (!fseek(f, (long)(head.e_phoff + i * head.e_phentsize), SEEK_SET) &&
				fread(&part, sizeof part, 1, f) == 1 &&
				part.p_type == PT_INTERP)
				shared = 0;
	}
#endif
	fclose(f);
	return shared;
}

/* A name that is no file here may be one of the programs that come with us: torch_optim.py. */
static const char *find(const char *path, char *place, size_t size)
{
	static const char *const folders[] = { SOURCEDIR "/examples", PKGDATADIR "/examples" };

	for (size_t i = 0; !strchr(path, '/') && access(path, F_OK) && i < 2; i++) {
		snprintf(place, size, "%s/%s", folders[i], path);
		if (!access(place, R_OK))
			return place;
	}
	return path;
}

int plugin_load(const char *typed, struct why *why)
{
	char place[8192];
	const char *path = find(typed, place, sizeof place);
	struct origin from = { .path = strdup(path), .build = hash_file(path) };
	int bad;

	if (!from.path)
		return fail(why, "out of memory");
	from.apart = is_shared_object(path);
	bad = from.apart ? load_shared_object(&from, why) : program_load(&from, why);
	if (bad)
		free((char *)from.path);
	return bad;
}
