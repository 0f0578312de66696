/* SPDX-License-Identifier: MIT */
/*
 * The text console on the screen, for others that draw.
 */
#ifndef VIDEO_FRAMEBUFFER_CONSOLE_H
#define VIDEO_FRAMEBUFFER_CONSOLE_H

#include <video/surface.h>

/* The font that the console shows, or NULL where there is no console: no
 * screen, no font that can be used. Valid from DRIVER_OUTPUT on, for ever. */
const struct font *framebuffer_console_font(void);

#endif
