/* SPDX-License-Identifier: MIT */
/*
 * What bytes do to a screen of text, PURE. Runs of glyphs are stored a cell a
 * step; all that a row has to be told is told once a run.
 */
#include "text_grid_rows.h"

enum {
	BYTES = 256,
};

/* The bytes that are no glyphs. */
static const bool control_bytes[BYTES] = {
	['\a'] = true, ['\b'] = true, ['\t'] = true,
	['\n'] = true, ['\r'] = true,
};

/* Where the display moves with the text, so does what it has not shown yet. */
static void notes_follow(struct text_grid *grid)
{
	const size_t words = bitmap_words(grid->columns);
	const struct text_range marked = grid->marked;

	for (size_t i = marked.from * words; i < marked.to * words; i++) {
		if (i >= words)
			grid->marks[i - words] = grid->marks[i];
		grid->marks[i] = 0;
	}
	if (marked.from > 0)
		grid->marked.from--;
	if (marked.to > 0)
		grid->marked.to--;
	if (grid->moved.from > 0)
		grid->moved.from--;
	grid->moved.to = grid->rows;
}

void grid_scroll(struct text_grid *grid)
{
	const uint32_t room = grid->ring_rows - grid->rows;

	if (grid->follows)
		notes_follow(grid);
	else
		grid->moved = (struct text_range){ 0, grid->rows };
	grid->scrolled++;
	if (grid->history < room)
		grid->history++;
	grid->top = grid->top + 1 < grid->ring_rows ? grid->top + 1 : 0;
	grid_blank_row(grid, grid_row(grid, grid->rows - 1));
}

/* Go to the start of the next row, which may continue this one. */
static void grid_next_row(struct text_grid *grid, bool continues)
{
	if (grid->y + 1 == grid->region.to)
		grid->scroll(grid);
	else if (grid->y + 1 < grid->rows)
		grid->y++;
	grid->x = 0;
	grid_row(grid, grid->y)->continues = continues;
}

void grid_wrap(struct text_grid *grid)
{
	if (grid->x == grid->columns)
		grid_next_row(grid, true);
}

static void grid_tab(struct text_grid *grid)
{
	uint32_t x;

	grid_wrap(grid);
	x = (grid->x / TAB_COLUMNS + 1) * TAB_COLUMNS;
	grid->x = x < grid->columns ? x : grid->columns;
}

static void grid_backspace(struct text_grid *grid)
{
	if (grid->x > 0) {
		grid->x--;
	} else if (grid->y > 0 && grid_row(grid, grid->y)->continues) {
		grid->y--;
		grid->x = grid->columns - 1;
	}
}

/* The cells [x, x + count) of the cursor's row have been written. */
static void grid_advance(struct text_grid *grid, struct text_row *row,
			 uint32_t count)
{
	const uint32_t end = grid->x + count;

	if (end > row->used)
		row->used = end;
	grid_mark(grid, grid->y, grid->x, count);
	grid->x = end;
}

/* The cell of a byte that is a glyph. */
static inline text_cell_t cell_of(const struct text_grid *grid, uint8_t byte)
{
	return byte == TEXT_GLYPH_SPACE ? grid->space : grid->pen | byte;
}

/* Store the cells of glyphs, at most @length, up to a byte that @stops; four at
 * a time where none of them does. Returns how many. */
static size_t cells_store(const struct text_grid *grid, text_cell_t *cells,
			  const uint8_t *text, size_t length, const bool *stops)
{
	size_t i = 0;

	for (; i + 4 <= length; i += 4) {
		const uint8_t *four = text + i;

		if (stops[four[0]] | stops[four[1]] | stops[four[2]] |
		    stops[four[3]])
			break;
		cells[i] = cell_of(grid, four[0]);
		cells[i + 1] = cell_of(grid, four[1]);
		cells[i + 2] = cell_of(grid, four[2]);
		cells[i + 3] = cell_of(grid, four[3]);
	}
	for (; i < length && !stops[text[i]]; i++)
		cells[i] = cell_of(grid, text[i]);
	return i;
}

size_t text_grid_put_run(struct text_grid *grid, const uint8_t *text,
			 size_t length, const bool *stops)
{
	struct text_row *row;
	size_t count;

	if (length == 0 || stops[text[0]])
		return 0;
	grid_wrap(grid);
	row = grid_row(grid, grid->y);
	if (length > grid->columns - grid->x)
		length = grid->columns - grid->x;
	count = cells_store(grid, row->cells + grid->x, text, length, stops);
	grid_advance(grid, row, (uint32_t)count);
	return count;
}

void text_grid_put(struct text_grid *grid, uint32_t glyph)
{
	struct text_row *row;

	grid_wrap(grid);
	row = grid_row(grid, grid->y);
	row->cells[grid->x] =
		glyph == TEXT_GLYPH_SPACE ? grid->space : grid->pen | glyph;
	grid_advance(grid, row, 1);
}

bool text_grid_control(struct text_grid *grid, uint8_t byte)
{
	switch (byte) {
	case '\n':
		grid_next_row(grid, false);
		return true;
	case '\r':
		grid->x = 0;
		return true;
	case '\t':
		grid_tab(grid);
		return true;
	case '\b':
		grid_backspace(grid);
		return true;
	default:
		return byte == '\a';
	}
}

void text_grid_write(struct text_grid *grid, const char *text, size_t length)
{
	const uint8_t *bytes = (const uint8_t *)text;
	size_t i = 0;

	while (i < length) {
		i += text_grid_put_run(grid, bytes + i, length - i,
				       control_bytes);
		if (i < length && text_grid_control(grid, bytes[i]))
			i++;
	}
}
