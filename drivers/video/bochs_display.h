/* SPDX-License-Identifier: MIT */
/*
 * The display of Bochs and QEMU, where the boot loader set no mode.
 */
#ifndef VIDEO_BOCHS_DISPLAY_H
#define VIDEO_BOCHS_DISPLAY_H

#include <arch/boot_info.h>

/*
 * Find the display and set the configured mode. The mode that the display
 * took, for good; NULL where there is no such display or it cannot show the
 * mode: it has been said why. Once; not for interrupt handlers.
 */
const struct boot_framebuffer *bochs_display_start(void);

#endif
