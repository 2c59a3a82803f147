/* fuzz.c -- the fuzzer of every reader: with -DFUZZED libFuzzer's, of the target that
 * FUZZ_TARGET names; else a program of its own that changes seeds at random, the same way every
 * time.
 *
 * fuzz TARGET RUNS SEED...: before each run its input is written to the file TARGET.last. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <gsl/gsl_errno.h>
#include "ground/random.h"
#include "target.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static const struct target *const lists[] = { reader_targets, file_targets,
	expression_targets };

void must_hold(int holds, const char *what, const char *file, int line)
{
	if (holds)
		return;
	fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, what);
	abort();
}

static const struct target *find(const char *name)
{
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		for (const struct target *t = lists[i]; name && t->name; t++)
			if (!strcmp(t->name, name))
				return t;
	fprintf(stderr, "fuzz: no target is named %s\n", name ? name : "(FUZZ_TARGET)");
	exit(2);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	static const struct target *target;

	if (!target) {
		gsl_set_error_handler_off();
		target = find(getenv("FUZZ_TARGET"));
	}
	target->run(target->name, bytes, length);
	return 0;
}

#ifndef FUZZED
enum { MOST = 1 << 16, CHANGES = 8 };

struct input {
	uint8_t bytes[MOST];
	size_t length;
};

/* Words at which readers stumble, whatever they read. */
static const char *const words[] = { "\xef\xbb\xbf", "\r\n", "\"", "\\u0000", "1e999", "-0",
	"nan", "inf", "9007199254740993", "1e-320", "{", "}", "[", "]", "null", ",,", ";",
	"\xff", ":", "^", "(", "0x10", "1,5", "#", "qid:1 ", "4294967297:1" };

static void splice(struct input *in, size_t at, size_t out, const void *bytes, size_t count)
{
	if (in->length - out + count > MOST)
		return;
	memmove(in->bytes + at + count, in->bytes + at + out, in->length - at - out);
	memcpy(in->bytes + at, bytes, count);
	in->length += count - out;
}

static void change(struct input *in, const struct input *other, gsl_rng *rng)
{
	size_t at = gsl_rng_uniform_int(rng, in->length + 1), left = in->length - at;
	size_t count = gsl_rng_uniform_int(rng, (left < 64 ? left : 64) + 1);
	const char *word = words[gsl_rng_uniform_int(rng, sizeof words / sizeof *words)];
	uint8_t copy[64], byte = (uint8_t)gsl_rng_uniform_int(rng, 256);

	switch (gsl_rng_uniform_int(rng, 6)) {
	case 0: /* a byte */
		splice(in, at, left > 0, &byte, 1);
		break;
	case 1: /* a bit */
		if (left)
			in->bytes[at] ^= (uint8_t)(1 << (byte & 7));
		break;
	case 2: /* a piece less */
		splice(in, at, count, "", 0);
		break;
	case 3: /* a piece twice */
		memcpy(copy, in->bytes + at, count);
		splice(in, at, 0, copy, count);
		break;
	case 4: /* a word, in place of others or between them */
		splice(in, at, byte & 1 ? count : 0, word, strlen(word));
		break;
	default: /* goes on as another seed does */
		if (other->length > at)
			splice(in, at, left, other->bytes + at, other->length - at);
	}
}

static int read_seed(const char *path, struct input *in)
{
	FILE *f = fopen(path, "rb");

	in->length = f ? fread(in->bytes, 1, MOST, f) : 0;
	if (f)
		fclose(f);
	return f ? 0 : -1;
}

static int keep(const char *target, const struct input *in)
{
	char path[80];
	FILE *f;
	int bad;

	snprintf(path, sizeof path, "%s.last", target);
	f = fopen(path, "wb");
	bad = !f || fwrite(in->bytes, 1, in->length, f) != in->length;
	return (f && fclose(f)) || bad;
}

/* Every seed as it is, then seeds with some changes. */
static int play(const struct target *t, size_t runs, char **seeds, size_t count)
{
	struct input *seed = malloc(count * sizeof *seed + 1), in;
	gsl_rng *rng = stream(hash_text(HASH_START, t->name));
	int bad = !seed || !rng;

	for (size_t i = 0; i < count && !bad; i++)
		bad = read_seed(seeds[i], &seed[i]);
	for (size_t i = 0; i < runs + count && !bad; i++) {
		size_t from = i < count ? i : gsl_rng_uniform_int(rng, count);
		size_t changes = i < count ? 0 : 1 + gsl_rng_uniform_int(rng, CHANGES);

		in = seed[from];
		while (changes-- > 0)
			change(&in, &seed[gsl_rng_uniform_int(rng, count)], rng);
		bad = keep(t->name, &in);
		if (!bad)
			t->run(t->name, in.bytes, in.length);
	}
	if (rng)
		gsl_rng_free(rng);
	free(seed);
	return bad;
}

int main(int argc, char **argv)
{
	if (argc < 4) {
		fprintf(stderr, "usage: fuzz TARGET RUNS SEED...\n");
		return 2;
	}
	gsl_set_error_handler_off();
	if (play(find(argv[1]), strtoul(argv[2], NULL, 10), argv + 3, (size_t)argc - 3)) {
		perror("fuzz");
		return 2;
	}
	return 0;
}
#endif
