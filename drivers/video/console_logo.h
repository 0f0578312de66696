/* SPDX-License-Identifier: MIT */
/*
 * A picture at the top of the text console.
 *
 * It is text: the glyphs that are highest in number are pieces of it, each as
 * large as a cell. So it moves, is written over, and is cleared away as text
 * is, whatever way the screen is updated. A font with glyphs of those numbers
 * (thousands of them) cannot show these. Not for interrupt handlers.
 */
#ifndef CONSOLE_LOGO_H
#define CONSOLE_LOGO_H

#include <video/surface.h>
#include <video/text_grid.h>

#ifdef CONFIG_CONSOLE_LOGO
/* Find the picture; a warning where the file is none, and no logo then. Before
 * the screen shows text: it is to have the warning once. */
void console_logo_load(void);

/*
 * Write the logo into @grid, which is empty, and leave the cursor in the row
 * below it. What is wider than the screen or higher than the half of it is cut
 * off. @font is that of the screen; a copy of what is needed of it is kept.
 */
void console_logo_write(struct text_grid *grid, const struct font *font);

/*
 * How many of the @count cells, from the first one on, are of one kind: pieces
 * of the logo, or not, as *@is_logo then says. At least 1 where @count is.
 */
uint32_t console_logo_run(const text_cell_t *cells, uint32_t count,
			  bool *is_logo);

/* Paint @count pieces of the logo, side by side from @at on; what they leave
 * free of their cells is background. */
void console_logo_paint(const struct surface *surface, struct point at,
			const text_cell_t *cells, uint32_t count);
#else
static inline void console_logo_load(void)
{
}

static inline void console_logo_write(struct text_grid *grid,
				      const struct font *font)
{
	(void)grid;
	(void)font;
}

static inline uint32_t console_logo_run(const text_cell_t *cells,
					uint32_t count, bool *is_logo)
{
	(void)cells;
	*is_logo = false;
	return count;
}

static inline void console_logo_paint(const struct surface *surface,
				      struct point at, const text_cell_t *cells,
				      uint32_t count)
{
	(void)surface;
	(void)at;
	(void)cells;
	(void)count;
}
#endif

#endif
