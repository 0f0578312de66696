/* SPDX-License-Identifier: MIT */
/*
 * A line of the kernel's log, as it is shown.
 */
#ifndef LOG_KEPT_H
#define LOG_KEPT_H

#include <kernel/log_level.h>
#include <kernel/types.h>

#include "log_filter.h"
#include "log_ring.h"

enum {
	/* Above what a boot parameter's line needs. */
	LOG_TEXT_MAX = 640,
	/* "[18446744073709.551615] ", "warning: ", '\n' and a zero. */
	LOG_AROUND_MAX = 40,
};

struct log_line {
	char text[LOG_TEXT_MAX + LOG_AROUND_MAX];
	size_t length;
	struct log_record record;
	const char *module; /* where it is in the text */
};

/*
 * The next kept line behind a cursor, which is led behind it, as it is shown,
 * with its end. @stamped: with the time. False where there is none.
 * *@missed is how many were dropped before.
 */
bool log_line_next(struct log_cursor *cursor, struct log_line *line,
		   bool stamped, uint64_t *missed);

/* Behind the last line that there is now. */
struct log_cursor log_end(void);

/* What is shown. */
extern struct log_filter log_shown;

#endif
