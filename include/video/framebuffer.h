/* SPDX-License-Identifier: MIT */
/*
 * The screen that the boot loader set up.
 */
#ifndef VIDEO_FRAMEBUFFER_H
#define VIDEO_FRAMEBUFFER_H

#include <stddef.h>
#include <video/surface.h>

#ifdef CONFIG_FRAMEBUFFER
/*
 * The screen as a surface, or NULL where the loader gave none that we can
 * draw on. Valid from DRIVER_OUTPUT on, for ever; it never changes.
 */
const struct surface *framebuffer_surface(void);
#else
static inline const struct surface *framebuffer_surface(void)
{
	return NULL;
}
#endif

#endif
