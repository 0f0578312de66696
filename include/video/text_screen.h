/* SPDX-License-Identifier: MIT */
/*
 * The screen of text as cells of colour, for who plays on it: of the console
 * on the framebuffer, or in VGA text mode. The serial line sees nothing of
 * this. Not for interrupt handlers.
 */
#ifndef VIDEO_TEXT_SCREEN_H
#define VIDEO_TEXT_SCREEN_H

#include <kernel/types.h>

#ifdef CONFIG_TEXT_SCREEN
enum {
	TEXT_SCREEN_BG = CONFIG_CONSOLE_BG, /* what is behind all text */
};

/* How large it is, in cells. False where there is none. From DRIVER_OUTPUT
 * on. */
bool text_screen_size(uint32_t *columns, uint32_t *rows);

/* Make @count cells of a row blanks of a colour, 0xRRGGBB, from @column on. All
 * must be on the screen, which there is. Seen with the next text_screen_text().
 */
void text_screen_fill(uint32_t row, uint32_t column, uint32_t count,
		      uint32_t rgb);

/* Write text from the start of a row on, where the console's own then goes on,
 * and show all. */
void text_screen_text(uint32_t row, const char *text, size_t length);
#else
enum {
	TEXT_SCREEN_BG = 0,
};

static inline bool text_screen_size(uint32_t *columns, uint32_t *rows)
{
	(void)columns;
	(void)rows;
	return false;
}

static inline void text_screen_fill(uint32_t row, uint32_t column,
				    uint32_t count, uint32_t rgb)
{
	(void)row;
	(void)column;
	(void)count;
	(void)rgb;
}

static inline void text_screen_text(uint32_t row, const char *text,
				    size_t length)
{
	(void)row;
	(void)text;
	(void)length;
}
#endif

#endif
