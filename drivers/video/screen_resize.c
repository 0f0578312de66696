/* SPDX-License-Identifier: MIT */
/*
 * The console on the framebuffer in another size: it is started anew beside
 * its old memory, and takes over the text (text_reflow.h). So a console that
 * does not get the memory is still there.
 */
#include "screen_console.h"

#include "framebuffer_pan.h"
#include "text_reflow.h"

#include <kernel/errno.h>
#include <mm/vm.h>
#include <video/framebuffer.h>

static struct screen_console *resized; /* the one that has started */
static int (*start_text)(void);

void screen_resize_start(struct screen_console *console, int (*start)(void))
{
	resized = console;
	start_text = start;
}

void screen_resize_begin(void)
{
	if (resized != NULL)
		resized->text.is_started = false;
}

/* What the framebuffer has become. */
static void take_screen(void)
{
	const struct surface *whole = framebuffer_pan_surface();

	resized->height = framebuffer_mode()->height;
	resized->surface = whole != NULL ? whole : framebuffer_mode();
}

/* Show all, whatever is on the screen. */
static void show_again(struct text_console *text)
{
	seen_cursor_forget(&text->cursor);
	text_pointer_forget(&text->view);
	text_view_forget(&text->view);
	text_console_write(text, "", 0);
}

int screen_resize_end(void)
{
	struct text_console old;
	struct console_colors colors;
	int error;

	if (resized == NULL)
		return 0;
	take_screen();
	old = resized->text;
	colors = text_bytes_colors(&old.input.bytes);
	error = start_text();
	if (error != 0) {
		resized->text = old;
		return error;
	}
	text_reflow(&resized->text.grid, &old.grid, resized->font.glyph_count);
	text_console_set_colors(&resized->text, colors);
	show_again(&resized->text);
	vm_free(old.grid.ring);
	return 0;
}

void screen_resize_cancel(void)
{
	if (resized == NULL)
		return;
	take_screen();
	text_pixels_init(&resized->pixels, resized->surface, &resized->font,
			 resized->pixels.background);
	text_pixels_fill(&resized->pixels, 0, resized->surface->height);
	resized->text.is_started = true;
	show_again(&resized->text);
}

int screen_resize_font(const struct font *font)
{
	struct font old;
	int error;

	if (resized == NULL)
		return -ENODEV;
	old = resized->font;
	screen_resize_begin();
	resized->font = *font;
	error = screen_resize_end();
	if (error != 0) {
		resized->font = old;
		screen_resize_cancel();
	}
	return error;
}
