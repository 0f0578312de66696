/* SPDX-License-Identifier: MIT */
/*
 * Where cells differ from those that are shown, PURE. Of a screen that scrolls
 * most stay as they are: one jump for eight of them.
 */
#ifndef TEXT_CHANGE_H
#define TEXT_CHANGE_H

#include <stddef.h>
#include <video/text_cell.h>

enum {
	TEXT_CHANGE_BLOCK = 8, /* cells compared at a time */
	/* So many cells that stay, the spaces between words, are painted along
	 * with those around them, which is cheaper than to begin anew. */
	TEXT_CHANGE_GAP = 2,
};

/* 0 where four cells are the same. */
static inline uint64_t text_four_differ(const text_cell_t *a,
					const text_cell_t *b)
{
	return (a[0] ^ b[0]) | (a[1] ^ b[1]) | (a[2] ^ b[2]) | (a[3] ^ b[3]);
}

/* The first place of [from, to) that does not show its cell, or @to. */
static inline size_t text_find_change(const text_cell_t *cells,
				      const text_cell_t *shown, size_t from,
				      size_t to)
{
	const size_t half = TEXT_CHANGE_BLOCK / 2;
	size_t x = from;

	for (; x + TEXT_CHANGE_BLOCK <= to; x += TEXT_CHANGE_BLOCK) {
		if ((text_four_differ(cells + x, shown + x) |
		     text_four_differ(cells + x + half, shown + x + half)) != 0)
			break;
	}
	while (x < to && cells[x] == shown[x])
		x++;
	return x;
}

/* Where the run of changes that begins at @from ends: at most @gap cells in it
 * stay, one behind the other. */
static inline size_t text_change_end(const text_cell_t *cells,
				     const text_cell_t *shown, size_t from,
				     size_t to, size_t gap)
{
	size_t end = from;

	for (size_t x = from; x < to && x - end <= gap; x++) {
		if (cells[x] != shown[x])
			end = x + 1;
	}
	return end;
}

#endif
