/* SPDX-License-Identifier: MIT */
/*
 * A page of text on a grid, PURE: for a report that must not scroll away. It
 * begins at the top, and stays.
 *
 *	+-------------------------------------+
 *	| the first line, as a title          |
 *	|                                     |
 *	| the other lines   | on wide screens |
 *	| that fit          | in columns      |
 *	| ... 12 lines that do not fit ...    |
 *	| the newest line                     |
 *	+-------------------------------------+
 *
 * Empty lines are left out, and long ones go on in the next row, a title in the
 * body. The two rows at the bottom are used once nothing else is left. Bytes
 * are glyphs. Not for interrupt handlers.
 */
#ifndef TEXT_PAGE_H
#define TEXT_PAGE_H

#include <video/text_grid.h>

enum text_page_place {
	TEXT_PAGE_NONE, /* not begun */
	TEXT_PAGE_TITLE,
	TEXT_PAGE_BODY,
	TEXT_PAGE_BOTTOM,
};

struct text_page {
	enum text_page_place place;
	text_cell_t pen, title_pen;
	uint32_t columns; /* of text, next to each other */
	uint32_t column;  /* the one that is written */
	uint32_t width;   /* of one, in cells */
	uint32_t x, y;    /* within it; y from the screen's top */
	uint32_t left_out;
};

/*
 * Empty the grid and begin a page on it, the title in reversed colours, which
 * are 0xRRGGBB. False where the screen is too low for one: nothing is done.
 */
bool text_page_begin(struct text_page *page, struct text_grid *grid,
		     uint32_t fg, uint32_t bg);

/* More of its text. On a page that was begun. */
void text_page_write(struct text_page *page, struct text_grid *grid,
		     const char *text, size_t length);

#endif
