/* SPDX-License-Identifier: MIT */
/*
 * Characters typed by a person, from whichever device has them.
 */
#ifndef KERNEL_INPUT_H
#define KERNEL_INPUT_H

#include <kernel/compiler.h>
#include <kernel/errno.h>
#include <kernel/set.h>
#include <kernel/types.h>

struct input_source {
	const char *name;
	/*
	 * The next character (1 to 255; Enter is '\n', Backspace '\b'), or
	 * -EAGAIN where there is none yet. Called with interrupts off, so
	 * that a character that arrives after the look ends the sleep: short,
	 * no printing.
	 */
	int (*poll)(void);
};

SET_DECLARE(input_sources, const struct input_source);

/* Registers a static const struct input_source. */
#define INPUT_SOURCE(source) SET_ADD(input_sources, source)

/*
 * The next character of any source. Sleeps until there is one; interrupts are
 * on while it sleeps and on return. Not for interrupt handlers.
 */
char input_read_char(void);

/*
 * The next character of any source, 1 to 255, or -EAGAIN where there is none.
 * Never waits; interrupts are on on return. In kernels with INPUT_POLL. Not
 * for interrupt handlers.
 */
int input_poll_char(void);

/*
 * With INPUT_BREAK: was Ctrl-C typed since the last input_break_begin()? What
 * else has been typed is kept and comes before all else from
 * input_read_char() and input_poll_char(). For the thread that reads.
 */
#ifdef CONFIG_INPUT_BREAK
void input_break_begin(void);
bool input_break_typed(void);
int input_kept_take(void); /* a character that was kept, or -EAGAIN */
#else
static inline int input_kept_take(void)
{
	return -EAGAIN;
}
#endif

#endif
