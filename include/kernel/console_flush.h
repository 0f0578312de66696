/* SPDX-License-Identifier: MIT */
/*
 * What sinks put off, shown at once. It depends on an option, and so does each
 * file that includes it: most print and have no need of it.
 */
#ifndef KERNEL_CONSOLE_FLUSH_H
#define KERNEL_CONSOLE_FLUSH_H

#include <kernel/console.h>
#include <kernel/util.h>

/* Show at once what any sink has put off, as before the CPU halts. */
static inline void console_flush(void)
{
	if (IS_ENABLED(CONFIG_CONSOLE_FLUSH))
		console_write("", 0);
}

#endif
