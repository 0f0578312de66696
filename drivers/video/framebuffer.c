/* SPDX-License-Identifier: MIT */
/*
 * The framebuffer that the boot loader set up, or where it set up none a
 * display whose driver sets the mode: looks at what was told, maps it, and
 * offers it as a surface.
 *
 * The loader's word is not trusted: a mode that contradicts itself would let
 * us draw over other memory.
 */
#include <arch/boot_info.h>
#include <kernel/console_flush.h>
#include <kernel/driver.h>
#include <kernel/errno.h>
#include <kernel/log.h>
#include <kernel/util.h>
#include <lib/string.h>
#include <mm/vm.h>
#include <video/framebuffer.h>

#include "bochs_display.h"
#include "framebuffer_mode.h"
#include "framebuffer_pan.h"
#include "text_pointer.h"

enum {
	BITS_PER_BYTE = 8,
	CHANNEL_BITS_MAX = 8,
};

static struct surface screen; /* pixels is NULL until the screen works */
static bool was_asked_for;

/* Bytes of a pixel, or 0 where we cannot draw such pixels. */
static uint8_t pixel_bytes(uint8_t bits_per_pixel)
{
	switch (bits_per_pixel) {
	case 15:
	case 16:
		return 2;
	case 24:
		return 3;
	case 32:
		return 4;
	default:
		return 0;
	}
}

static bool channel_is_sane(struct boot_channel channel, uint8_t bytes)
{
	return channel.bits >= 1 && channel.bits <= CHANNEL_BITS_MAX &&
	       channel.shift + channel.bits <= bytes * BITS_PER_BYTE;
}

static uint32_t channel_mask(struct boot_channel channel)
{
	return ((1U << channel.bits) - 1) << channel.shift;
}

static bool channels_are_sane(const struct boot_framebuffer *mode,
			      uint8_t bytes)
{
	if (!channel_is_sane(mode->red, bytes) ||
	    !channel_is_sane(mode->green, bytes) ||
	    !channel_is_sane(mode->blue, bytes))
		return false;
	return (channel_mask(mode->red) & channel_mask(mode->green)) == 0 &&
	       (channel_mask(mode->red) & channel_mask(mode->blue)) == 0 &&
	       (channel_mask(mode->green) & channel_mask(mode->blue)) == 0;
}

/* What is wrong with the mode, or NULL. */
static const char *mode_fault(const struct boot_framebuffer *mode)
{
	uint8_t bytes = pixel_bytes(mode->bits_per_pixel);
	uint64_t size = (uint64_t)mode->pitch * mode->height;

	if (bytes == 0)
		return "pixels of this depth cannot be drawn";
	if (mode->width == 0 || mode->width > INT32_MAX || mode->height == 0 ||
	    mode->height > INT32_MAX)
		return "it has no such size";
	if (mode->pitch < (uint64_t)mode->width * bytes)
		return "its rows overlap";
	if (size > UINT64_MAX - mode->address.value || size > SIZE_MAX)
		return "it does not fit the address space";
	if (!channels_are_sane(mode, bytes))
		return "its colour channels make no sense";
	return NULL;
}

static struct pixel_channel channel_of(struct boot_channel channel)
{
	return (struct pixel_channel){ .shift = channel.shift,
				       .bits = channel.bits };
}

/*
 * Pixels are written in runs and never read: write-combining is the fastest
 * way to memory that is not cached. Where the machine caches the range (pixels
 * in the memory of a hypervisor), that is faster still, and left alone.
 */
static void *pixels_map(phys_addr_t address, size_t size_bytes)
{
	enum page_flags flags = PAGE_WRITE_COMBINING;

	if (memory_type_of(address, size_bytes) == MEMORY_TYPE_WRITE_BACK) {
		flags = 0;
		log_info("framebuffer: write-back by the machine's word");
	}
	return vm_map_device("the framebuffer", address, size_bytes, flags);
}

/* Map the pixels and make the surface. */
static int screen_make(const struct boot_framebuffer *mode)
{
	const uint32_t rows = framebuffer_pan_rows(mode);
	void *pixels = pixels_map(mode->address, (size_t)mode->pitch * rows);

	if (pixels == NULL) {
		log_warn("framebuffer: no memory to map %zu KiB of pixels",
			 (size_t)mode->pitch * rows / 1024);
		return -ENOMEM;
	}
	screen = (struct surface){
		.pixels = pixels,
		.width = mode->width,
		.height = mode->height,
		.pitch = mode->pitch,
		.bytes_per_pixel = pixel_bytes(mode->bits_per_pixel),
		.red = channel_of(mode->red),
		.green = channel_of(mode->green),
		.blue = channel_of(mode->blue),
		.string_from = string_fill_from(),
	};
	framebuffer_pan_start(&screen, rows);
	return 0;
}

static void mode_report(const struct boot_framebuffer *mode)
{
	log_info("framebuffer: %ux%u, %u bit, pitch %u, at 0x%llx", mode->width,
		 mode->height, mode->bits_per_pixel, mode->pitch,
		 (unsigned long long)mode->address.value);
	if (mode->width != CONFIG_FB_WIDTH ||
	    mode->height != CONFIG_FB_HEIGHT ||
	    mode->bits_per_pixel != CONFIG_FB_BPP)
		log_warn("framebuffer: the display gave %ux%u, %u bit instead "
			 "of %ux%u, %u bit",
			 mode->width, mode->height, mode->bits_per_pixel,
			 CONFIG_FB_WIDTH, CONFIG_FB_HEIGHT, CONFIG_FB_BPP);
}

/* The mode that the screen is in, or NULL. */
static const struct boot_framebuffer *mode_find(void)
{
	const struct boot_info *info = boot_info_get();

	if (info->has_framebuffer)
		return &info->framebuffer;
	return IS_ENABLED(CONFIG_FB_BOCHS) ? bochs_display_start() : NULL;
}

static int framebuffer_start(void)
{
	const struct boot_framebuffer *mode = mode_find();
	const char *fault;
	int result;

	/* No reason to fail: many machines have no display. */
	if (mode == NULL) {
		log_warn("framebuffer: the boot loader gave none of direct "
			 "colour; going on "
			 "without a screen");
		return 0;
	}
	fault = mode_fault(mode);
	if (fault != NULL) {
		log_warn("framebuffer: %ux%u, %u bit, pitch %u, at 0x%llx: %s",
			 mode->width, mode->height, mode->bits_per_pixel,
			 mode->pitch, (unsigned long long)mode->address.value,
			 fault);
		return -EINVAL;
	}
	result = screen_make(mode);
	if (result != 0)
		return result;
	mode_report(mode);
	framebuffer_mode_start(&screen, mode->address, screen_make);
	return 0;
}

const struct surface *framebuffer_surface(void)
{
	console_flush();
	text_pointer_leave();
	was_asked_for = true;
	return screen.pixels != NULL ? &screen : NULL;
}

bool framebuffer_was_asked_for(void)
{
	const bool answer = was_asked_for;

	was_asked_for = false;
	return answer;
}

const struct surface *framebuffer_mode(void)
{
	return screen.pixels != NULL ? &screen : NULL;
}

DRIVER(framebuffer, DRIVER_OUTPUT, framebuffer_start);
