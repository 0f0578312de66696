/* SPDX-License-Identifier: MIT */
/*
 * A page of text that does not scroll, PURE. The header draws it.
 */
#include "text_page.h"

#include <lib/printf.h>
#include <lib/string.h>

enum {
	COLUMN_CELLS = 80, /* a column has at least so many */
	BODY_TOP = 2,      /* below the title, and an empty row */
	BOTTOM_ROWS = 2,
	ROWS_LEAST = BODY_TOP + BOTTOM_ROWS + 1,
	INDENT = 2, /* of the rest of a long line */
	NOTICE_BYTES = 64,
};

static void put_at(struct text_grid *grid, uint32_t x, uint32_t y, char glyph)
{
	grid->x = x;
	grid->y = y;
	text_grid_put(grid, (uint8_t)glyph);
}

static void fill_row(struct text_grid *grid, uint32_t y)
{
	for (uint32_t x = 0; x < grid->columns; x++)
		put_at(grid, x, y, ' ');
}

static void set_pen(struct text_grid *grid, text_cell_t pen)
{
	text_grid_set_pen(grid, pen, grid->erase);
}

bool text_page_begin(struct text_page *page, struct text_grid *grid,
		     uint32_t fg, uint32_t bg)
{
	const uint32_t columns = grid->columns / COLUMN_CELLS;

	if (grid->rows < ROWS_LEAST)
		return false;
	*page = (struct text_page){
		.place = TEXT_PAGE_TITLE,
		.pen = text_cell_pen(fg, bg, 0),
		.title_pen = text_cell_pen(bg, fg, 0),
		.columns = columns != 0 ? columns : 1,
	};
	page->width = grid->columns / page->columns;
	text_grid_set_colors(grid, fg, bg);
	text_grid_clear(grid);
	set_pen(grid, page->title_pen);
	fill_row(grid, 0);
	return true;
}

/* The next row of the body, the next column's top, or the bottom. */
static void next_row(struct text_page *page, const struct text_grid *grid)
{
	page->x = 0;
	if (++page->y < grid->rows - BOTTOM_ROWS)
		return;
	page->y = BODY_TOP;
	if (++page->column == page->columns)
		page->place = TEXT_PAGE_BOTTOM;
}

static void end_line(struct text_page *page, const struct text_grid *grid)
{
	if (page->place == TEXT_PAGE_BODY) {
		next_row(page, grid);
		return;
	}
	if (page->place == TEXT_PAGE_TITLE) {
		page->place = TEXT_PAGE_BODY;
		page->y = BODY_TOP;
	}
	page->x = 0;
}

/* A line takes the place of the one before it, which is lost. */
static void begin_bottom(struct text_page *page, struct text_grid *grid)
{
	char notice[NOTICE_BYTES];

	fill_row(grid, grid->rows - 1);
	if (page->left_out++ == 0)
		return;
	snprintf(notice, sizeof(notice), "... %u line%s that do%s not fit ...",
		 page->left_out - 1, page->left_out == 2 ? "" : "s",
		 page->left_out == 2 ? "es" : "");
	fill_row(grid, grid->rows - BOTTOM_ROWS);
	for (uint32_t x = 0; x < grid->columns && notice[x] != '\0'; x++)
		put_at(grid, x, grid->rows - BOTTOM_ROWS, notice[x]);
}

/* On the last column's right there is nothing to keep clear of. */
static uint32_t line_cells(const struct text_page *page)
{
	return page->column + 1 == page->columns ? page->width
						 : page->width - 1;
}

/* In one row: what does not fit is cut. */
static void put_bottom(struct text_page *page, struct text_grid *grid,
		       char glyph)
{
	if (page->x == 0)
		begin_bottom(page, grid);
	if (page->x < grid->columns)
		put_at(grid, page->x, grid->rows - 1, glyph);
	page->x++;
}

/* The rest of a line begins a row, if anything fits behind the indent. */
static void indent(struct text_page *page)
{
	page->x = line_cells(page) > INDENT ? INDENT : 0;
}

static void put_body(struct text_page *page, struct text_grid *grid, char glyph)
{
	if (page->x == line_cells(page)) {
		next_row(page, grid);
		if (page->place == TEXT_PAGE_BOTTOM) {
			put_bottom(page, grid, glyph);
			return;
		}
		indent(page);
	}
	put_at(grid, page->column * page->width + page->x, page->y, glyph);
	page->x++;
}

/* A title longer than its row goes on as the body's first line. */
static void put_title(struct text_page *page, struct text_grid *grid,
		      char glyph)
{
	if (page->x < grid->columns) {
		set_pen(grid, page->title_pen);
		put_at(grid, page->x++, 0, glyph);
		return;
	}
	end_line(page, grid);
	indent(page);
	set_pen(grid, page->pen);
	put_body(page, grid, glyph);
}

static void put_glyph(struct text_page *page, struct text_grid *grid,
		      char glyph)
{
	switch (page->place) {
	case TEXT_PAGE_TITLE:
		put_title(page, grid, glyph);
		break;
	case TEXT_PAGE_BODY:
		set_pen(grid, page->pen);
		put_body(page, grid, glyph);
		break;
	case TEXT_PAGE_NONE:
	case TEXT_PAGE_BOTTOM:
		set_pen(grid, page->pen);
		put_bottom(page, grid, glyph);
		break;
	}
}

void text_page_write(struct text_page *page, struct text_grid *grid,
		     const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (text[i] != '\n')
			put_glyph(page, grid, text[i]);
		else if (page->x != 0)
			end_line(page, grid);
	}
}
