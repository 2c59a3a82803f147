/* read.c -- rows with targets by the name of their file. */
#include <string.h>
#include "samples.h"

int ends_in(const char *name, const char *end)
{
	size_t n = strlen(name), m = strlen(end);

	n -= n > 3 && !strcmp(name + n - 3, ".gz") ? 3 : 0;
	return n >= m && !strncmp(name + n - m, end, m);
}

int samples_read(struct samples *s, const char *name, struct how how, struct reason why)
{
	struct file f;
	int status;

	*s = (struct samples){ 0 };
	if (file_open(&f, name, why))
		return -1;
	status = (ends_in(f.path, ".csv") || ends_in(f.path, ".tsv") ? read_csv : read_libsvm)(
		s, &f, how, why);
	memcpy(s->path, f.path, sizeof s->path);
	s->hash = data_hash(DATA_HASH_START, f.bytes, f.length);
	file_close(&f);
	return status;
}
