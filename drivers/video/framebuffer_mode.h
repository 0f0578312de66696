/* SPDX-License-Identifier: MIT */
/*
 * The framebuffer in another mode: what its driver tells for that. Private to
 * drivers/video.
 */
#ifndef FRAMEBUFFER_MODE_H
#define FRAMEBUFFER_MODE_H

#include <arch/boot_info.h>
#include <video/surface.h>

#ifdef CONFIG_FRAMEBUFFER_MODE
/* The screen is there, at this address. @make maps the pixels of another mode
 * and makes them the screen, the mapping before stays: 0 or -ENOMEM. */
void framebuffer_mode_start(struct surface *screen, phys_addr_t address,
			    int (*make)(const struct boot_framebuffer *mode));
#else
static inline void
framebuffer_mode_start(struct surface *screen, phys_addr_t address,
		       int (*make)(const struct boot_framebuffer *mode))
{
	(void)screen;
	(void)address;
	(void)make;
}
#endif

#endif
