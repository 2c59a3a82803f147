/* target.h -- what is fuzzed: functions that take any bytes and must refuse or accept them in
 * order. */
#ifndef FUZZ_TARGET_H
#define FUZZ_TARGET_H

#include <stddef.h>
#include <stdint.h>

struct target {
	const char *name;
	void (*run)(const char *name, const uint8_t *bytes, size_t length);
};

/* Each ends in a row without a name. */
extern const struct target reader_targets[], file_targets[], expression_targets[];

/* Aborts, as a fuzzer expects of a finding, unless it holds. */
void must_hold(int holds, const char *what, const char *file, int line);
#define must(holds) must_hold(!!(holds), #holds, __FILE__, __LINE__)

#endif
