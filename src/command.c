/* command.c -- what the commands that read records share. */
#include <stdarg.h>
#include "analysis.h"

int complain(int code, const char *format, ...)
{
	va_list list;

	fputs("nsobench: ", stderr);
	va_start(list, format);
	vfprintf(stderr, format, list);
	va_end(list);
	putc('\n', stderr);
	return code;
}

int open_study(struct study *s, struct records *r, const char *folder, const struct cost *cost,
	double target, struct why *why)
{
	int status = records_read(r, folder, why);

	for (size_t i = 0; i < r->warnings; i++)
		complain(0, "warning: %s", r->warning[i]);
	if (status)
		return status;
	if (records_labels(r))
		return fail(why, "out of memory");
	return study_make(s, r, cost, target, why);
}
