/* SPDX-License-Identifier: MIT */
/*
 * The screen as the benchmarks use it. Reading it back for the digest is
 * slow where it is a device's memory, and not measured.
 */
#include "screen.h"

#include <kernel/errno.h>

int bench_screen_prepare(void)
{
	const struct surface *surface = bench_surface();

	if (surface == NULL || surface->width < BENCH_WIDTH ||
	    surface->height < BENCH_HEIGHT)
		return -ENODEV;
	bench_store(surface->pixels, (size_t)surface->pitch * surface->height);
	return 0;
}

static enum seed_format format_of(const struct surface *surface)
{
	if (surface->bytes_per_pixel == 2)
		return SEED_RGB565;
	if (surface->bytes_per_pixel == 3)
		return SEED_BGR24;
	return surface->red.shift == 0 ? SEED_RGB32 : SEED_BGR32;
}

struct seed_screen bench_screen_seed(void)
{
	const struct surface *surface = bench_surface();

	return (struct seed_screen){
		.pixels = surface->pixels,
		.width = (int32_t)surface->width,
		.height = (int32_t)surface->height,
		.pitch = surface->pitch,
		.format = format_of(surface),
	};
}

uint64_t bench_screen_digest(void)
{
	const struct surface *surface = bench_surface();
	const size_t words = surface->width * surface->bytes_per_pixel / 4;
	uint64_t hash = 14695981039346656037U;

	for (uint32_t y = 0; y < surface->height; y++) {
		const uint32_t *row =
			(const uint32_t *)(surface->pixels +
					   (size_t)y * surface->pitch);

		for (size_t i = 0; i < words; i++)
			hash = (hash ^ row[i]) * 1099511628211U;
	}
	return hash;
}

uint64_t bench_screen_pixels(void)
{
	return (uint64_t)BENCH_WIDTH * BENCH_HEIGHT;
}

void bench_screen_store_row(uint32_t x, uint32_t y, uint32_t count)
{
	const struct surface *surface = bench_surface();

	bench_store(surface->pixels + (size_t)y * surface->pitch +
			    (size_t)x * surface->bytes_per_pixel,
		    (size_t)count * surface->bytes_per_pixel);
}

void bench_screen_store(uint64_t pixels)
{
	const struct surface *surface = bench_surface();
	const size_t all = (size_t)surface->pitch * surface->height;
	uint64_t bytes = pixels * surface->bytes_per_pixel;

	for (; bytes > all; bytes -= all)
		bench_store(surface->pixels, all);
	bench_store(surface->pixels, (size_t)bytes);
}
