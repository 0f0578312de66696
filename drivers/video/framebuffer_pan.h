/* SPDX-License-Identifier: MIT */
/*
 * A display that can show any part of a memory higher than the screen: the
 * framebuffer is mapped as a whole then, and moved by a register. Private to
 * drivers/video; not for interrupt handlers.
 */
#ifndef FRAMEBUFFER_PAN_H
#define FRAMEBUFFER_PAN_H

#include <arch/boot_info.h>
#include <video/surface.h>

#ifdef CONFIG_CONSOLE_PANNING
/* Rows of pixels to be mapped, of which the mode shows some: the mode's height
 * where its display cannot move, and that has been said. */
uint32_t framebuffer_pan_rows(const struct boot_framebuffer *mode);

/* The mapping is made, at first or for another mode: @screen shows the first of
 * @rows rows. It stays the caller's, and must stay alive; its pixels move from
 * now on. */
void framebuffer_pan_start(struct surface *screen, uint32_t rows);

/* All rows as one surface; NULL where the display does not move. */
const struct surface *framebuffer_pan_surface(void);

/* The screen begins at this row of pixels. Between 0 and the rows that are
 * more than the screen's. */
void framebuffer_pan_to(uint32_t row);
#else
static inline uint32_t framebuffer_pan_rows(const struct boot_framebuffer *mode)
{
	return mode->height;
}

static inline void framebuffer_pan_start(struct surface *screen, uint32_t rows)
{
	(void)screen;
	(void)rows;
}

static inline const struct surface *framebuffer_pan_surface(void)
{
	return NULL;
}

static inline void framebuffer_pan_to(uint32_t row)
{
	(void)row;
}
#endif

#endif
