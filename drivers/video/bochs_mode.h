/* SPDX-License-Identifier: MIT */
/*
 * Modes of the display of Bochs and QEMU (bochs_dispi.h). Private to
 * drivers/video; not for interrupt handlers.
 */
#ifndef BOCHS_MODE_H
#define BOCHS_MODE_H

#include <arch/boot_info.h>
#include <kernel/types.h>
#include <video/video_mode.h>

/* What the display can do at most. Its registers must have been found. */
struct video_limits bochs_mode_limits(void);

/* The mode that the display is in. */
struct video_mode bochs_mode_get(void);

/*
 * Set a mode that the limits allow. False where the display took another one,
 * or none: it is off then. *@framebuffer tells how the pixels lie, from @pixels
 * on.
 */
bool bochs_mode_set(const struct video_mode *mode, phys_addr_t pixels,
		    struct boot_framebuffer *framebuffer);

#endif
