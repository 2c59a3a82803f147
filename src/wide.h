/* wide.h -- WIDE before a static function: compiled for AVX2 too, and chosen when the program
 * starts. Same bits: the operations are the same, nothing is fused (-ffp-contract=off).
 * Measured on loops without a division: half the time while the vectors fit into the cache; a
 * tenth with one. */
#ifndef WIDE_H
#define WIDE_H

/* The choice needs the loader of glibc, and runs before a sanitizer is ready. */
#if defined __x86_64__ && defined __gnu_linux__ && defined __GLIBC__ && defined __GNUC__ &&    \
	!defined __clang__ && !defined __SANITIZE_ADDRESS__ && !defined __SANITIZE_THREAD__
#define WIDE __attribute__((target_clones("avx2", "default")))
#else
#define WIDE
#endif

#endif
