/* SPDX-License-Identifier: MIT */
/*
 * A terminal: a screen of text that obeys control sequences, PURE.
 *
 * What is supported does what xterm does: SGR (16 and 256 colours, 24 bits;
 * bold makes the first eight bright), cursor movement, erase, insert, delete,
 * scroll and its region, save and restore, origin mode, autowrap, the cursor's
 * visibility, tabs, repetition, a screen of E, resets: docs/screen.md has the
 * table. Everything else is taken off the text and does
 * nothing. '\n', '\t' and '\b' are those of the grid (video/text_grid.h): the
 * kernel writes '\n' alone for a new line, and takes back characters over the
 * start of a wrapped row. Bytes from 0x80 on are glyphs, never controls. Not
 * for interrupt handlers.
 */
#ifndef VIDEO_TEXT_TERMINAL_H
#define VIDEO_TEXT_TERMINAL_H

#include <video/ansi_parser.h>
#include <video/text_grid.h>

/* A colour: 0xRRGGBB, or one of these. */
enum {
	TEXT_COLOR_DEFAULT = 1 << 24,
	TEXT_COLOR_INDEX = 1 << 25, /* | 0 to 255 */
};

struct text_style {
	uint32_t fg, bg;
	bool is_bold, is_underlined, is_inverse;
};

/* What ESC 7 saves. */
struct text_saved {
	uint32_t x, y;
	struct text_style style;
	bool is_origin;
};

struct text_terminal {
	struct ansi_parser parser;
	struct text_grid *grid; /* not owned */
	uint32_t fg, bg;        /* of the default style, 0xRRGGBB */
	struct text_style style;
	struct text_saved saved;
	uint32_t last;  /* glyph that was shown; 0 for none */
	bool is_origin; /* rows count from the region's first */
	bool is_nowrap; /* at the end of a row the last cell is overwritten */
	bool is_cursor_hidden;
};

/* A terminal on a grid, in these colours (0xRRGGBB), everything else as after a
 * full reset. Empties nothing. */
void text_terminal_init(struct text_terminal *terminal, struct text_grid *grid,
			uint32_t fg, uint32_t bg);

/* Everything but the default colours, the cells and the cursor as after a full
 * reset; a sequence that is under way is forgotten. */
void text_terminal_reset(struct text_terminal *terminal);

/* The same for a last message: the rows below the cursor are erased as well, so
 * that what follows stands alone. */
void text_terminal_take_over(struct text_terminal *terminal);

/* Take @length bytes. Sequences may be cut into any pieces. */
void text_terminal_write(struct text_terminal *terminal, const char *text,
			 size_t length);

/* Show a glyph, as a byte from 0x80 on would: a sequence that is under way
 * ends, within a string it is swallowed. */
void text_terminal_put(struct text_terminal *terminal, uint32_t glyph);

/* Other colours of the default style, 0xRRGGBB, for the text to come. */
void text_terminal_set_colors(struct text_terminal *terminal, uint32_t fg,
			      uint32_t bg);

/* Do all invariants hold, the grid's as well? */
bool text_terminal_check(const struct text_terminal *terminal);

#endif
