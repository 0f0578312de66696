/* SPDX-License-Identifier: MIT */
/*
 * The display of Bochs, which is QEMU's standard VGA, too, and its mode at the
 * start (bochs_mode.h). The pixels lie at the device's first base address.
 *
 * Its memory and its limits are asked before a mode is set: one that they
 * exclude leaves the display as it was. One that it then takes otherwise than
 * asked leaves it off: what the firmware showed is gone.
 */
#include "bochs_display.h"
#include "bochs_dispi.h"
#include "bochs_mode.h"

#include <kernel/log.h>

static struct boot_framebuffer bochs_mode;

const struct boot_framebuffer *bochs_display_start(void)
{
	const struct video_mode wanted = { CONFIG_FB_WIDTH, CONFIG_FB_HEIGHT,
					   CONFIG_FB_BPP };
	struct video_limits limits;
	phys_addr_t pixels;

	if (!bochs_dispi_find(&pixels))
		return NULL;
	limits = bochs_mode_limits();
	if (!video_mode_fits(&wanted, &limits)) {
		log_warn("bochs_display: %ux%u, %u bit does not fit: it has "
			 "%ux%u, %u bit and %u KiB at most",
			 wanted.width, wanted.height, wanted.bits, limits.width,
			 limits.height, limits.bits,
			 limits.memory_bytes / 1024);
		return NULL;
	}
	if (!bochs_mode_set(&wanted, pixels, &bochs_mode)) {
		log_warn("bochs_display: it did not take the mode");
		return NULL;
	}
	return &bochs_mode;
}
