/* SPDX-License-Identifier: MIT */
/*
 * Modes of the display of Bochs and QEMU: a few registers behind two ports set
 * one (bochs_dispi.h). The display rounds a width to what it can do; what it
 * took is read back.
 */
#include "bochs_mode.h"
#include "bochs_dispi.h"

struct video_limits bochs_mode_limits(void)
{
	const uint16_t before = dispi_read(DISPI_ENABLE);
	struct video_limits limits;

	dispi_write(DISPI_ENABLE, before | DISPI_TELL_LIMITS);
	limits.width = dispi_read(DISPI_WIDTH);
	limits.height = dispi_read(DISPI_HEIGHT);
	limits.bits = dispi_read(DISPI_BITS);
	dispi_write(DISPI_ENABLE, before);
	limits.memory_bytes = dispi_read(DISPI_MEMORY_64K) * 65536U;
	return limits;
}

struct video_mode bochs_mode_get(void)
{
	return (struct video_mode){
		.width = dispi_read(DISPI_WIDTH),
		.height = dispi_read(DISPI_HEIGHT),
		.bits = dispi_read(DISPI_BITS),
	};
}

static void mode_write(const struct video_mode *mode)
{
	dispi_write(DISPI_ENABLE, DISPI_OFF);
	dispi_write(DISPI_WIDTH, (uint16_t)mode->width);
	dispi_write(DISPI_HEIGHT, (uint16_t)mode->height);
	dispi_write(DISPI_BITS, (uint16_t)mode->bits);
	dispi_write(DISPI_ENABLE, DISPI_ON | DISPI_LINEAR);
}

/* The mode that the display is in, red above green above blue; 16 bits have one
 * more for green. */
static struct boot_framebuffer mode_read(phys_addr_t pixels)
{
	const struct video_mode mode = bochs_mode_get();
	const uint8_t wide = mode.bits <= 16 ? 5 : 8;
	const uint8_t green = wide + (mode.bits == 16);

	return (struct boot_framebuffer){
		.address = pixels,
		.width = mode.width,
		.height = mode.height,
		.pitch = dispi_read(DISPI_ROW_PIXELS) * ((mode.bits + 7) / 8),
		.bits_per_pixel = (uint8_t)mode.bits,
		.red = { wide + green, wide },
		.green = { wide, green },
		.blue = { 0, wide },
	};
}

bool bochs_mode_set(const struct video_mode *mode, phys_addr_t pixels,
		    struct boot_framebuffer *framebuffer)
{
	const uint32_t memory = dispi_read(DISPI_MEMORY_64K) * 65536U;

	mode_write(mode);
	*framebuffer = mode_read(pixels);
	if (framebuffer->bits_per_pixel == mode->bits &&
	    (uint64_t)framebuffer->pitch * framebuffer->height <= memory)
		return true;
	dispi_write(DISPI_ENABLE, DISPI_OFF);
	return false;
}
