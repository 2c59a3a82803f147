/* leak.h -- last line of a test: Criterion does not fail a test that leaks, this does. */
#ifndef LEAK_H
#define LEAK_H

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>
static inline void no_leak(void)
{
	cr_assert(eq(int, __lsan_do_recoverable_leak_check(), 0), "memory leaked");
}
#else
static inline void no_leak(void) {}
#endif

#endif
