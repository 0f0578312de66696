/* SPDX-License-Identifier: MIT */
/*
 * A look at all sources of characters.
 */
#ifndef KERNEL_INPUT_SOURCES_H
#define KERNEL_INPUT_SOURCES_H

#include <kernel/errno.h>
#include <kernel/input.h>

/* Interrupts are off. The next character, or -EAGAIN. */
static inline int poll_sources(void)
{
	int c = input_kept_take();

	if (c >= 0)
		return c;
	SET_FOREACH(source, input_sources) {
		c = (*source)->poll();
		if (c >= 0)
			break;
	}
	return c;
}

#endif
