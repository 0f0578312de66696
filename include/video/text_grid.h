/* SPDX-License-Identifier: MIT */
/*
 * A screen of text, PURE: cells, a cursor, and what each byte does to them.
 * Nothing is painted here: a view (video/text_view.h) looks now and then at
 * what has changed. So a grid takes text as fast as memory does.
 *
 * Bytes are shown as glyphs of the same number (code page 437), but for
 *
 *	'\n'	the start of the next row; at the bottom all rows move up
 *	'\r'	the start of the row
 *	'\t'	the next column that is a multiple of 8
 *	'\b'	one cell back; from the start of a row that continues a full
 *		one to the end of the row above; elsewhere nothing
 *	'\a'	nothing
 *
 * A row that is full does not wrap before there is a byte to be shown in the
 * next one: the cursor then stands behind the last column. So a line that just
 * fits, and '\n', give no empty row, and "\b \b" takes back one byte after the
 * other over any number of rows.
 *
 * The rows are a ring of pointers: scrolling moves the index of the top row,
 * and no cell. What leaves at the top stays in the ring as history, as far as
 * there is room. A row knows how far it is used, so that neither an empty
 * line nor the rest of a short one is ever walked over.
 *
 * What a view needs to know is kept until it says that it has seen it: places
 * that were written (a bit each, even if the cell is what it was before: what
 * somebody drew there is then to be painted over), and a range of rows that
 * have moved or changed as a whole, of which the view finds the differences.
 *
 * Every function leaves a grid that is safe to use at any instruction: one
 * that an exception interrupts for good may be written to again, after
 * text_grid_mend(). Not for interrupt handlers.
 */
#ifndef VIDEO_TEXT_GRID_H
#define VIDEO_TEXT_GRID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <video/text_cell.h>

/* Rows or columns [from, to); none where from >= to. */
struct text_range {
	uint32_t from, to;
};

struct text_row {
	text_cell_t *cells;
	uint32_t used;  /* cells from here on are the grid's blank */
	bool continues; /* goes on where the row above ends */
	/* Where the row is another one than that above it, if somebody has
	 * compared them since: two rows that go up together need it once. */
	bool is_compared;
	struct text_range differs;
};

struct text_grid {
	uint32_t columns, rows;
	/* '\n' in the last row of the region scrolls it by @scroll; by
	 * default it is the screen (video/text_edit.h). */
	struct text_range region;
	void (*scroll)(struct text_grid *grid);
	uint32_t x, y;     /* the cursor; x == columns: the next byte wraps */
	text_cell_t pen;   /* of the text to come */
	text_cell_t space; /* what a space of the pen looks like */
	text_cell_t erase; /* what is erased, or scrolls in, looks like */
	text_cell_t blank; /* what the screen was cleared to */

	/* The screen begins at ring[top], the history ends before it. */
	struct text_row *ring;
	uint32_t ring_rows, top;
	uint32_t history; /* rows of it */

	/* For the view. */
	uint64_t *marks;          /* bits of written places, row by row */
	struct text_range marked; /* rows with such bits */
	struct text_range moved;  /* rows to be compared as a whole */
	uint32_t scrolled;        /* times that the whole screen moved up */
	bool is_shuffled;         /* rows moved by anything else as well */
	bool follows; /* the display moves with the text: so do the above */
};

/* Bytes of memory that a grid of this size takes. */
size_t text_grid_bytes(uint32_t columns, uint32_t rows, uint32_t history);

/*
 * Make an empty grid, white on black, its cursor at the top left. @memory, of
 * text_grid_bytes() and 8-aligned, stays the caller's and must stay alive.
 * Columns and rows are 1 to 65535, @history 0 to 65535; 0, or -EINVAL.
 */
int text_grid_init(struct text_grid *grid, void *memory, uint32_t columns,
		   uint32_t rows, uint32_t history);

/* Show @length bytes, as the table above says. */
void text_grid_write(struct text_grid *grid, const char *text, size_t length);

/*
 * Show bytes as glyphs, whatever they are, up to one that @stops (a table of
 * all bytes) is true of. Returns how many were shown: fewer than @length also
 * at the end of a row, where the next call wraps.
 */
size_t text_grid_put_run(struct text_grid *grid, const uint8_t *text,
			 size_t length, const bool *stops);

/* Show one glyph, 0 to TEXT_CELL_GLYPH_MASK. */
void text_grid_put(struct text_grid *grid, uint32_t glyph);

/* One of the bytes of the table above; false where it is none of them. */
bool text_grid_control(struct text_grid *grid, uint8_t byte);

/* What the text to come looks like, and what is erased or scrolls in. */
void text_grid_set_pen(struct text_grid *grid, text_cell_t pen,
		       text_cell_t erase);

/* The same of two colours, 0xRRGGBB. */
void text_grid_set_colors(struct text_grid *grid, uint32_t fg, uint32_t bg);

/* Empty all cells and home the cursor; the history stays. There is nothing
 * to be seen by a view of this: the caller fills the screen, and clears the
 * view as well. */
void text_grid_clear(struct text_grid *grid);

/* A row of the screen; with a negative number of the history, -1 the last,
 * down to -grid->history. */
const struct text_row *text_grid_row(const struct text_grid *grid, int32_t row);

/* The view has seen all. */
void text_grid_seen(struct text_grid *grid);

/* After a call that was interrupted for good: all rows count as used to their
 * ends, and as moved. Where rows were being exchanged, the text is in any
 * order afterwards. */
void text_grid_mend(struct text_grid *grid);

/* Do all invariants hold? */
bool text_grid_check(const struct text_grid *grid);

#endif
