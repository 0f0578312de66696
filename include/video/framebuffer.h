/* SPDX-License-Identifier: MIT */
/*
 * The screen that the boot loader set up.
 */
#ifndef VIDEO_FRAMEBUFFER_H
#define VIDEO_FRAMEBUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <video/surface.h>
#include <video/video_mode.h>

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

/* ---- With FRAMEBUFFER_MODE ---- */

/* The mode that the display is in, and the most that it can do. 0, or -ENODEV
 * where there is no screen or its mode cannot be changed. For the thread. */
int framebuffer_mode_limits(struct video_mode *mode,
			    struct video_limits *limits);

/*
 * Give the display another mode: the console goes on in it with its text, what
 * was drawn is gone. 0; -ENODEV as above; -ERANGE for more than it can do; -EIO
 * where it did not take the mode; -ENOMEM. Where it fails the mode before is
 * there. The surface that framebuffer_surface() gave stays valid and is that of
 * the new mode. For the thread.
 */
int framebuffer_set_mode(const struct video_mode *mode);

#endif
