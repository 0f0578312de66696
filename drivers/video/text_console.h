/* SPDX-License-Identifier: MIT */
/*
 * A console on a screen of text: a grid that takes the text and a view that
 * shows it. What a screen's driver adds is how a cell is painted.
 *
 * Whoever is interrupted for good within one of these (a fatal exception) is
 * not resumed: the next one to come repaints all, so that half-done work
 * leaves no trace. Not for interrupt handlers; interrupts stay as they are.
 */
#ifndef TEXT_CONSOLE_H
#define TEXT_CONSOLE_H

#include <video/text_view.h>

struct text_console {
	struct text_grid grid;
	struct text_view view;
	volatile bool is_busy; /* within one of the functions below */
	bool is_started;
};

/*
 * Start a console of so many cells, white on black, shown on @surface. 0;
 * -ENOMEM; -EINVAL where there are no such sizes. Then give it its colours,
 * clear it, and fill the screen.
 */
int text_console_start(struct text_console *console, uint32_t columns,
		       uint32_t rows, const struct text_surface *surface);

/* Take @length bytes. One that is not started ignores them. */
void text_console_write(struct text_console *console, const char *text,
			size_t length);

/* Empty the screen, the cursor at its top left. The caller fills it. */
void text_console_clear(struct text_console *console);

/* Colours of the text to come, 0xRRGGBB. */
void text_console_set_colors(struct text_console *console, uint32_t fg,
			     uint32_t bg);

#endif
