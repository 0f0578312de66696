/* SPDX-License-Identifier: MIT */
/*
 * A screen of text, PURE: cells, a cursor, and what each byte does to them.
 *
 * The grid remembers what it has shown and tells its owner which cells to
 * paint; nothing is ever read back from a screen. A cell is painted when it is
 * written, and when scrolling changes what it shows. So pixels that somebody
 * else drew over the text stay where they are, scrolling or not, until text is
 * written over their cell, text scrolls into it or out of it, or the owner
 * clears.
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
 * The state is consistent whenever the paint function runs. Where the grid is
 * written to from there, or from an exception in the middle of a write, which
 * is then never resumed, it repaints all cells first: half-done work leaves no
 * trace. Not for interrupt handlers: painting takes long.
 */
#ifndef VIDEO_TEXT_GRID_H
#define VIDEO_TEXT_GRID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a cell shows: bits 0-15 character, 16-39 foreground, 40-63 background,
 * both 0xRRGGBB. Cells that look alike are equal: a space's foreground is its
 * background. */
typedef uint64_t text_cell_t;

static inline uint16_t text_cell_character(text_cell_t cell)
{
	return (uint16_t)cell;
}

static inline uint32_t text_cell_fg(text_cell_t cell)
{
	return (uint32_t)(cell >> 16) & 0xffffff;
}

static inline uint32_t text_cell_bg(text_cell_t cell)
{
	return (uint32_t)(cell >> 40);
}

/* Paint @count cells of a row, from @column on. */
typedef void (*text_grid_paint)(void *context, uint32_t column, uint32_t row,
				const text_cell_t *cells, uint32_t count);

struct text_grid {
	uint32_t columns, rows;
	uint32_t x, y;      /* the cursor; x == columns: the next byte wraps */
	uint32_t fg, bg;    /* of the text to come, 0xRRGGBB */
	text_cell_t *cells; /* row by row; not owned */
	uint8_t *continues; /* a row: does it go on where the one above ends? */
	text_grid_paint paint;
	void *context;         /* for paint */
	volatile bool is_busy; /* within a write */
};

/* Bytes of memory that a grid of this size takes: 9 a cell at most. */
size_t text_grid_bytes(uint32_t columns, uint32_t rows);

/*
 * Make an empty grid, its cursor at the top left. @memory, of
 * text_grid_bytes() and 8-aligned, stays the caller's and must stay alive.
 * Both sizes are 1 to 65535; 0, or -EINVAL. Nothing is painted: the caller
 * fills the screen in the background colour.
 */
int text_grid_init(struct text_grid *grid, void *memory, uint32_t columns,
		   uint32_t rows, text_grid_paint paint, void *context);

/* Show @length bytes. */
void text_grid_write(struct text_grid *grid, const char *text, size_t length);

/* Set the colours of the text to come, and of the rows that scroll in. */
void text_grid_set_colors(struct text_grid *grid, uint32_t fg, uint32_t bg);

/* Empty all cells, in the background colour, and home the cursor. Paints
 * nothing: the caller fills the screen. */
void text_grid_clear(struct text_grid *grid);

/* Paint every cell. */
void text_grid_repaint(struct text_grid *grid);

/* Do all invariants hold? */
bool text_grid_check(const struct text_grid *grid);

#endif
