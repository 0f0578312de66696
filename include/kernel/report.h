/* SPDX-License-Identifier: MIT */
/*
 * A fatal report in parts (option REPORT_DETAIL), the most important first: a
 * fault inside one of them loses that part alone. What broke it is told where
 * it came, then the report goes on behind; where it was a sink of the console
 * that broke, the part is told again on the others.
 *
 * Any context; it is never left by the one that began it.
 */
#ifndef KERNEL_REPORT_H
#define KERNEL_REPORT_H

#include <kernel/compiler.h>
#include <kernel/panic.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

/* Prints lines; @subject is the report's own. */
typedef void (*report_part_fn)(const void *subject);

/* A list of parts that lives for good, and what they are about. */
struct report {
	const report_part_fn *parts;
	size_t count;
	const void *subject;
};

/* Begin one, before panic_enter(): nothing is told yet. */
void report_begin(const struct report *report);

/* Is there one? Only the first one is to be begun. */
bool report_has_begun(void);

/* Told by the console when a report begins, or another one within it: was a
 * sink of the console interrupted? */
void report_interrupted(bool in_sink);

/*
 * Tell the parts that are left, behind panic_enter(). After a fault in a part
 * these are those behind it, and where a sink of the console was interrupted,
 * that part once more.
 */
void report_go_on(void);

/* What panic() says. */
void report_panic(const struct panic_cause *cause, uint64_t frame_pointer,
		  const char *format, va_list arguments) __noreturn;

#endif
