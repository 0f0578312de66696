/* SPDX-License-Identifier: MIT */
/*
 * Commands that show something and look for keys meanwhile.
 */
#ifndef SHELL_COMMANDS_KEY_WAIT_H
#define SHELL_COMMANDS_KEY_WAIT_H

#include <kernel/types.h>
#include <kernel/util.h>

/*
 * Wait so many microseconds, at least, or for a key: its character, -EINTR for
 * Ctrl-C, or -EAGAIN when the time is over. What was put off is done meanwhile.
 * Without a timer the time is over at once. For the shell's thread.
 */
int key_wait(uint64_t timeout_us);

/* Wait for a key, however long: the same without -EAGAIN. */
int key_wait_any(void);

/* Is there a timer, so that key_wait() waits? */
static inline bool key_wait_is_timed(void)
{
	return IS_ENABLED(CONFIG_PIT8254);
}

#endif
