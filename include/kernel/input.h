/* SPDX-License-Identifier: MIT */
/*
 * Characters typed by a person, from whichever device has them.
 */
#ifndef KERNEL_INPUT_H
#define KERNEL_INPUT_H

#include <kernel/compiler.h>
#include <kernel/set.h>

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

#endif
