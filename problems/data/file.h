/* file.h -- a data file whole in memory, plain or gzipped, and how readers refuse. */
#ifndef DATA_FILE_H
#define DATA_FILE_H

#include <stddef.h>
#include <stdint.h>

/* Where refusals are written. */
struct reason {
	char *text;
	size_t size;
};
int refuse_data(struct reason why, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

struct file {
	char name[128]; /* last part of the path, for refusals */
	char path[4096];
	uint8_t *bytes; /* uncompressed, with a 0 behind them */
	size_t length;
	const char
		*flaw; /* of the gzip stream: "" for a whole one, else " (...)" for refusals */
};

/* Finds `path` as it is or under the data folder, plain or .gz, and reads it whole. A folder, a
 * pipe and a gzip stream that is damaged or has bytes behind it are refused; one that ends
 * early leaves what there is, with a flaw, for the readers know what should be there. */
int file_open(struct file *f, const char *path, struct reason why);
/* Bytes in memory as a file; gzipped ones are inflated. Takes `raw` (from malloc) over. */
int file_take(struct file *f, const char *name, uint8_t *raw, size_t length, struct reason why);
void file_close(struct file *f);

/* Text without a byte order mark and without zero bytes, in *text; else -1 and why. */
int file_text(const struct file *f, const char **text, struct reason why);

uint64_t data_hash(uint64_t h, const void *bytes, size_t length);
enum { DATA_HASH_START = 0x2545f491 };

#endif
