/* SPDX-License-Identifier: MIT */
/*
 * Ctrl-C ends what takes long.
 */
#ifndef SHELL_INTERRUPT_H
#define SHELL_INTERRUPT_H

#include <kernel/types.h>

/*
 * Was Ctrl-C typed since the line began? A command that takes long asks now
 * and then, and returns -EINTR. What else was typed meanwhile is kept for the
 * prompt, as far as there is room, and given up by a Ctrl-C. Never waits. For
 * the shell's thread. Always false without SHELL_INTERRUPT.
 */
#ifdef CONFIG_SHELL_INTERRUPT
bool shell_interrupted(void);
void shell_interrupt_begin(void); /* a line begins: the shell's */
#else
static inline bool shell_interrupted(void)
{
	return false;
}
static inline void shell_interrupt_begin(void)
{
}
#endif

#endif
