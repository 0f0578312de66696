/* SPDX-License-Identifier: MIT */
/*
 * The console on the framebuffer as others of this folder see it: those that
 * give it another font or another screen while it runs (CONSOLE_RESIZE).
 */
#ifndef SCREEN_CONSOLE_H
#define SCREEN_CONSOLE_H

#include "text_console.h"
#include "text_pixels.h"

#include <lib/psf.h>

struct screen_console {
	const struct surface *surface;
	uint32_t height; /* of what is seen of it, in pixels */
	struct font font;
	struct text_pixels pixels;
	struct text_console text;
};

static inline struct font screen_font_of(const struct psf *psf)
{
	return (struct font){
		.width = psf->width,
		.height = psf->height,
		.glyph_count = psf->glyph_count,
		.bytes_per_glyph = psf->bytes_per_glyph,
		.bitmap = psf->bitmap,
	};
}

/*
 * The console has started; @start would start its text anew, empty, of the size
 * that its surface, height and font now give: 0 or -ENOMEM.
 */
#ifdef CONFIG_CONSOLE_RESIZE
void screen_resize_start(struct screen_console *console, int (*start)(void));

/* Take no more text: the screen, or the font, is about to be another one. What
 * is written meanwhile is not on the screen. */
void screen_resize_begin(void);

/*
 * Go on with the screen and the font that there are now, with the text and the
 * colours as before. 0; -ENOMEM: nothing has changed, and the caller must bring
 * back the old screen and font, then call screen_resize_cancel(). Without a
 * console there is nothing to do.
 */
int screen_resize_end(void);
void screen_resize_cancel(void);

/* Go on in that font, of which a copy is kept. 0; -ENODEV where there is no
 * console; -ENOMEM: nothing has changed. */
int screen_resize_font(const struct font *font);
#else
static inline void screen_resize_start(struct screen_console *console,
				       int (*start)(void))
{
	(void)console;
	(void)start;
}

static inline void screen_resize_begin(void)
{
}

static inline int screen_resize_end(void)
{
	return 0;
}

static inline void screen_resize_cancel(void)
{
}
#endif

#endif
