/* SPDX-License-Identifier: MIT */
/*
 * What `bench` has by itself on a screen: a rectangle, in the lower right
 * corner, where the least text is lost.
 */
#include <kernel/kbench.h>
#include <video/framebuffer.h>

enum {
	SIDE = 64, /* pixels */
	REPEATS = 64,
};

static const struct surface *surface;

static int draw_prepare(void)
{
	surface = framebuffer_surface();
	return surface != NULL && surface->width >= SIDE &&
			       surface->height >= SIDE
		       ? 0
		       : -ENODEV;
}

static uint64_t draw_amount(void)
{
	return (uint64_t)SIDE * SIDE * REPEATS;
}

static void draw_ours(void)
{
	const struct rect rect = {
		.x = (int32_t)(surface->width - SIDE),
		.y = (int32_t)(surface->height - SIDE),
		.width = SIDE,
		.height = SIDE,
	};

	for (unsigned int i = 0; i < REPEATS; i++)
		surface_fill_rect(surface, rect, 0);
}

KBENCH(draw, .unit = "pixel", .setup = draw_prepare, .amount = draw_amount,
       .ours = draw_ours);
