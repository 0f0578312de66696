/* SPDX-License-Identifier: MIT */
/*
 * The screen that the boot loader set up.
 */
#ifndef VIDEO_FRAMEBUFFER_H
#define VIDEO_FRAMEBUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <video/surface.h>

#ifdef CONFIG_FRAMEBUFFER
/*
 * The screen as a surface, or NULL where the loader gave none that we can
 * draw on. From DRIVER_OUTPUT on. Ask before each drawing: text that was
 * written before is then on the screen, and a display that moves with the text
 * is drawn on where it is now. Not for interrupt handlers.
 */
const struct surface *framebuffer_surface(void);

/* Did somebody ask since the last call, and may have drawn? For who keeps in
 * mind what the screen shows. */
bool framebuffer_was_asked_for(void);
/* The same for who does not draw, but asks for size and format. */
const struct surface *framebuffer_mode(void);
#else
static inline const struct surface *framebuffer_surface(void)
{
	return NULL;
}

static inline const struct surface *framebuffer_mode(void)
{
	return NULL;
}
#endif

#endif
