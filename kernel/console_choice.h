/* SPDX-License-Identifier: MIT */
/*
 * Which sinks of the console show text: those that console= names (option
 * CONSOLE_PARAM), or all.
 */
#ifndef KERNEL_CONSOLE_CHOICE_H
#define KERNEL_CONSOLE_CHOICE_H

#include <kernel/console.h>
#include <kernel/types.h>

#ifdef CONFIG_CONSOLE_PARAM
/* Was the sink left out? */
bool console_choice_is_off(const struct console_sink *sink);

/* From now on none is. */
void console_choice_all(void);
#else
static inline bool console_choice_is_off(const struct console_sink *sink)
{
	(void)sink;
	return false;
}

static inline void console_choice_all(void)
{
}
#endif

#endif
