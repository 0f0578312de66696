/* SPDX-License-Identifier: MIT */
/*
 * The lines that the log has kept, and which ones are shown (option LOG_RING).
 * In the thread.
 */
#ifndef KERNEL_LOG_KEPT_H
#define KERNEL_LOG_KEPT_H

#include <kernel/log_level.h>
#include <kernel/types.h>

/*
 * Print those up to a level, of the module named @module or, where it is NULL,
 * of all. Returns how many there were.
 */
size_t log_kept_print(enum log_level up_to, const char *module);

/* Forget for log_kept_print() what there is so far. */
void log_kept_clear(void);

/*
 * From now on show on the console what these words say, such as
 * "info,heap=debug" (docs/configuration.md). 0; -EINVAL where they make no
 * sense, -ENOSPC where they name too many modules: nothing has changed then.
 */
int log_shown_set(const char *words);

/* Print what is shown. */
void log_shown_print(void);

#endif
