/* SPDX-License-Identifier: MIT */
/*
 * What becomes of something undefined that the compiler's calls tell of.
 */
#ifndef KERNEL_CHECK_UBSAN_REPORT_H
#define KERNEL_CHECK_UBSAN_REPORT_H

#include <kernel/compiler.h>
#include <stdbool.h>
#include <stdint.h>

/* Where in the source it is, as the compiler lays it out. Not constant. */
struct ubsan_place {
	const char *file; /* NULL where the compiler does not know */
	uint32_t line, column;
};

/*
 * "UBSAN: @what at mm/x.c:12:5: ..." as a panic or, without UBSAN_PANIC, as a
 * warning: each place once, and UBSAN_REPORTS in all. Any context: in an
 * interrupt's handler, which must not print, it is a panic always.
 */
void ubsan_report(struct ubsan_place *place, const char *what,
		  const char *format, ...) __printf(3, 4);

/* The same, where there is nothing to go on with: always a panic. */
void ubsan_stop(const struct ubsan_place *place, const char *what) __noreturn;

#endif
