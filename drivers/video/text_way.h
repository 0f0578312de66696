/* SPDX-License-Identifier: MIT */
/*
 * When the screen follows the text: the option's choice.
 *
 *	immediate	at the end of each write
 *	panning		the same; what moves is the display (framebuffer_pan.h),
 *			and the rows below are emptied when there is nothing
 *			else to do
 *	deferred	at most 60 times a second, and when there is nothing
 *			else to do
 *
 * Whatever it is, console_flush() shows all.
 */
#ifndef TEXT_WAY_H
#define TEXT_WAY_H

#include "text_console.h"

#ifdef CONFIG_CONSOLE_IMMEDIATE
static inline void text_way_start(struct text_console *console)
{
	(void)console;
}
#else
/* A console has started: see to it when there is nothing else to do. */
void text_way_start(struct text_console *console);
#endif

#ifdef CONFIG_CONSOLE_DEFERRED
/* Is it time to show what was written? */
bool text_way_is_due(void);

/* It was, whatever the reason. */
void text_way_has_shown(void);
#else
static inline bool text_way_is_due(void)
{
	return true;
}

static inline void text_way_has_shown(void)
{
}
#endif

#endif
