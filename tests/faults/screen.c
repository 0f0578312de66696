/* SPDX-License-Identifier: MIT */
/*
 * A write past the last pixel.
 */
#include <kernel/provoke.h>
#include <video/framebuffer.h>

#include "access.h"

static void past_the_screen(void)
{
	const struct surface *screen = framebuffer_surface();

	if (screen != NULL)
		write_at(address_of(screen->pixels) +
				 (uint64_t)screen->pitch * screen->height,
			 0);
}

PROVOKED_FAULT(past_the_screen, "a write past the last pixel", past_the_screen);
