/* SPDX-License-Identifier: MIT */
/*
 * Moves the display of Bochs and QEMU, whoever set its mode: the kernel, or a
 * loader by VBE or GOP, both of which use the same registers. That they are
 * those of the framebuffer is looked at, not assumed: address, size, depth and
 * pitch must be the mode's, and a row that is written must be read back.
 */
#include "framebuffer_pan.h"
#include "bochs_dispi.h"

#include <kernel/log.h>

enum {
	/* Of what lies beyond that nobody would notice the use. */
	PAN_SCREENS_MAX = 16,
	DISPI_TOP_MAX = 65535,
};

static struct surface *window; /* NULL where the display does not move */
static struct surface whole;

/* Do the registers tell of this mode? */
static bool pan_is_mode(const struct boot_framebuffer *mode, phys_addr_t pixels)
{
	const uint32_t bytes = (mode->bits_per_pixel + 7U) / 8;

	return pixels.value == mode->address.value &&
	       (dispi_read(DISPI_ENABLE) & DISPI_ON) != 0 &&
	       dispi_read(DISPI_WIDTH) == mode->width &&
	       dispi_read(DISPI_HEIGHT) == mode->height &&
	       dispi_read(DISPI_BITS) == mode->bits_per_pixel &&
	       dispi_read(DISPI_ROW_PIXELS) * bytes == mode->pitch &&
	       dispi_read(DISPI_LEFT) == 0 && dispi_read(DISPI_TOP) == 0;
}

/* Does the display move by a row, and back? */
static bool pan_works(void)
{
	bool moves;

	dispi_write(DISPI_TOP, 1);
	moves = dispi_read(DISPI_TOP) == 1;
	dispi_write(DISPI_TOP, 0);
	return moves && dispi_read(DISPI_TOP) == 0;
}

static uint32_t pan_limit(const struct boot_framebuffer *mode)
{
	uint64_t rows =
		dispi_read(DISPI_MEMORY_64K) * (uint64_t)65536 / mode->pitch;

	if (rows > (uint64_t)PAN_SCREENS_MAX * mode->height)
		rows = (uint64_t)PAN_SCREENS_MAX * mode->height;
	if (rows > DISPI_TOP_MAX)
		rows = DISPI_TOP_MAX;
	return (uint32_t)rows;
}

uint32_t framebuffer_pan_rows(const struct boot_framebuffer *mode)
{
	phys_addr_t pixels;
	uint32_t rows;

	if (!bochs_dispi_find(&pixels) || !pan_is_mode(mode, pixels)) {
		log_warn("framebuffer_pan: this display cannot scroll by "
			 "itself; text is repainted instead");
		return mode->height;
	}
	rows = pan_limit(mode);
	if (rows < 2 * mode->height || !pan_works()) {
		log_warn("framebuffer_pan: this display has %u rows of pixels, "
			 "too few to scroll by itself; text is repainted "
			 "instead",
			 rows);
		return mode->height;
	}
	return rows;
}

void framebuffer_pan_start(struct surface *screen, uint32_t rows)
{
	window = NULL; /* of a mode before */
	if (rows == screen->height)
		return;
	whole = *screen;
	whole.height = rows;
	window = screen;
	log_info("framebuffer_pan: %u rows of pixels, the screen shows %u",
		 rows, screen->height);
}

const struct surface *framebuffer_pan_surface(void)
{
	return window != NULL ? &whole : NULL;
}

void framebuffer_pan_to(uint32_t row)
{
	dispi_write(DISPI_TOP, (uint16_t)row);
	window->pixels = whole.pixels + (size_t)row * whole.pitch;
}
