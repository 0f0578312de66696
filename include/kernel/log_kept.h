/* SPDX-License-Identifier: MIT */
/*
 * The lines that the log has kept, and which ones are shown (option LOG_RING).
 * In the thread.
 */
#ifndef KERNEL_LOG_KEPT_H
#define KERNEL_LOG_KEPT_H

#include <kernel/log_level.h>
#include <kernel/types.h>

/* Which of them. */
struct log_choice {
	enum log_level up_to;
	const char *module; /* NULL: of all */
	size_t last;        /* so many at most, the newest ones */
};

/* Print those that are chosen. Returns how many there were. */
size_t log_kept_print(const struct log_choice *choice);

/* How many of those that are chosen there are, if it were not for @last. */
size_t log_kept_count(const struct log_choice *choice);

/* Forget for log_kept_print() what there is so far. */
void log_kept_clear(void);

/*
 * From now on show on the console what these words say, such as
 * "info,heap=debug" (docs/reliability.md). 0; -EINVAL where they make no
 * sense, -ENOSPC where they name too many modules: nothing has changed then.
 */
int log_shown_set(const char *words);

/* Print what is shown. */
void log_shown_print(void);

#endif
