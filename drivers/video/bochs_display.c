/* SPDX-License-Identifier: MIT */
/*
 * The display of Bochs, which is QEMU's standard VGA, too: a few registers
 * behind two ports set the mode, and the pixels lie at the device's first base
 * address (bochs_dispi.h).
 *
 * The display rounds a width to what it can do; what it took is read back. Its
 * memory and its limits are asked before a mode is set: one that does not fit
 * leaves the display as it was.
 */
#include "bochs_display.h"
#include "bochs_dispi.h"

#include <kernel/log.h>

/* What a display can do. */
struct bochs_limits {
	uint16_t width, height, bits;
	uint32_t memory_bytes;
};

static struct boot_framebuffer bochs_mode;

static uint32_t bytes_per_pixel(void)
{
	return (CONFIG_FB_BPP + 7) / 8;
}

static struct bochs_limits bochs_ask_limits(void)
{
	const uint16_t before = dispi_read(DISPI_ENABLE);
	struct bochs_limits limits;

	dispi_write(DISPI_ENABLE, before | DISPI_TELL_LIMITS);
	limits.width = dispi_read(DISPI_WIDTH);
	limits.height = dispi_read(DISPI_HEIGHT);
	limits.bits = dispi_read(DISPI_BITS);
	dispi_write(DISPI_ENABLE, before);
	limits.memory_bytes = dispi_read(DISPI_MEMORY_64K) * 65536U;
	return limits;
}

static bool bochs_mode_fits(const struct bochs_limits *limits)
{
	const uint64_t bytes = (uint64_t)CONFIG_FB_WIDTH * CONFIG_FB_HEIGHT *
			       bytes_per_pixel();

	return CONFIG_FB_WIDTH <= limits->width &&
	       CONFIG_FB_HEIGHT <= limits->height &&
	       CONFIG_FB_BPP <= limits->bits && bytes <= limits->memory_bytes;
}

static void bochs_set_mode(void)
{
	dispi_write(DISPI_ENABLE, DISPI_OFF);
	dispi_write(DISPI_WIDTH, CONFIG_FB_WIDTH);
	dispi_write(DISPI_HEIGHT, CONFIG_FB_HEIGHT);
	dispi_write(DISPI_BITS, CONFIG_FB_BPP);
	dispi_write(DISPI_ENABLE, DISPI_ON | DISPI_LINEAR);
}

/* What the display took. False where that is no mode in its memory. */
static bool bochs_read_mode(phys_addr_t pixels,
			    const struct bochs_limits *limits)
{
	/* Red above green above blue; 16 bits have one more for green. */
	const uint8_t wide = CONFIG_FB_BPP <= 16 ? 5 : 8;
	const uint8_t green = wide + (CONFIG_FB_BPP == 16);

	bochs_mode = (struct boot_framebuffer){
		.address = pixels,
		.width = dispi_read(DISPI_WIDTH),
		.height = dispi_read(DISPI_HEIGHT),
		.pitch = dispi_read(DISPI_ROW_PIXELS) * bytes_per_pixel(),
		.bits_per_pixel = CONFIG_FB_BPP,
		.red = { wide + green, wide },
		.green = { wide, green },
		.blue = { 0, wide },
	};
	return dispi_read(DISPI_BITS) == CONFIG_FB_BPP &&
	       (uint64_t)bochs_mode.pitch * bochs_mode.height <=
		       limits->memory_bytes;
}

const struct boot_framebuffer *bochs_display_start(void)
{
	struct bochs_limits limits;
	phys_addr_t pixels;

	if (!bochs_dispi_find(&pixels))
		return NULL;
	limits = bochs_ask_limits();
	if (!bochs_mode_fits(&limits)) {
		log_warn("bochs_display: %ux%u, %u bit does not fit: it has "
			 "%ux%u, %u bit and %u KiB at most",
			 CONFIG_FB_WIDTH, CONFIG_FB_HEIGHT, CONFIG_FB_BPP,
			 limits.width, limits.height, limits.bits,
			 limits.memory_bytes / 1024);
		return NULL;
	}
	bochs_set_mode();
	if (!bochs_read_mode(pixels, &limits)) {
		log_warn("bochs_display: it did not take the mode");
		dispi_write(DISPI_ENABLE, DISPI_OFF);
		return NULL;
	}
	return &bochs_mode;
}
