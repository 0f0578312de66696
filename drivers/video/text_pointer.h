/* SPDX-License-Identifier: MIT */
/*
 * The mouse's pointer on a screen of text: the cell that it points at has its
 * colours exchanged, as gpm has it; where something was drawn, the pixels
 * have. It is no part of the text. There is one, on the screen that was flushed
 * last.
 */
#ifndef TEXT_POINTER_H
#define TEXT_POINTER_H

#include <video/text_view.h>

#ifdef CONFIG_MOUSE_POINTER
/* What is on the screen is painted anew, or filled: there is none. */
void text_pointer_forget(const struct text_view *view);

/* Around each flush of the view. */
void text_pointer_hide(const struct text_view *view);
void text_pointer_show(const struct text_view *view,
		       const struct text_grid *grid);

/* Somebody is about to draw: there is none, until the next flush. */
void text_pointer_leave(void);
#else
static inline void text_pointer_forget(const struct text_view *view)
{
	(void)view;
}

static inline void text_pointer_hide(const struct text_view *view)
{
	(void)view;
}

static inline void text_pointer_show(const struct text_view *view,
				     const struct text_grid *grid)
{
	(void)view;
	(void)grid;
}

static inline void text_pointer_leave(void)
{
}
#endif

#endif
