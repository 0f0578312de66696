/* SPDX-License-Identifier: MIT */
/*
 * The page of a fatal report on a console of text (option PANIC_SCREEN);
 * without it nothing is there, and the report is text like any other.
 */
#ifndef TEXT_PANIC_H
#define TEXT_PANIC_H

#ifdef CONFIG_PANIC_SCREEN
#include "text_page.h"

#include <video/text_view.h>

struct text_panic {
	struct text_page page;
};

static inline bool text_panic_has_page(const struct text_panic *panic)
{
	return panic->page.place != TEXT_PAGE_NONE;
}

/* A fatal report begins: the screen becomes its page, unless there is one. All
 * is painted the next time. */
void text_panic_begin(struct text_panic *panic, struct text_grid *grid,
		      struct text_view *view);

/* 0xRRGGBB, of the whole screen. */
static inline uint32_t text_panic_background(void)
{
	return CONFIG_PANIC_SCREEN_BG;
}

static inline void text_panic_write(struct text_panic *panic,
				    struct text_grid *grid, const char *text,
				    size_t length)
{
	text_page_write(&panic->page, grid, text, length);
}
#else
#include <video/text_view.h>

struct text_panic {
};

static inline bool text_panic_has_page(const struct text_panic *panic)
{
	(void)panic;
	return false;
}

static inline uint32_t text_panic_background(void)
{
	return 0;
}

static inline void text_panic_begin(struct text_panic *panic,
				    struct text_grid *grid,
				    struct text_view *view)
{
	(void)panic;
	(void)grid;
	(void)view;
}

static inline void text_panic_write(struct text_panic *panic,
				    struct text_grid *grid, const char *text,
				    size_t length)
{
	(void)panic;
	(void)grid;
	(void)text;
	(void)length;
}
#endif

#endif
