/* SPDX-License-Identifier: MIT */
/*
 * The text console on the screen, for others that draw.
 */
#ifndef VIDEO_FRAMEBUFFER_CONSOLE_H
#define VIDEO_FRAMEBUFFER_CONSOLE_H

#include <stddef.h>
#include <video/surface.h>

/* The font that the console shows, or NULL where there is no console: no
 * screen, no font that can be used. Valid from DRIVER_OUTPUT on, for ever; it
 * tells of another font when that is chosen. */
const struct font *framebuffer_console_font(void);

/* ---- With FONT_CHOICE ---- */

/* The name of one of the fonts that can be chosen, counted from 0; NULL behind
 * the last. */
const char *framebuffer_console_font_at(size_t at);

/* The name of the one in use. */
const char *framebuffer_console_font_name(void);

/*
 * The console goes on in the font of that name, its text and colours as before.
 * 0; -ENOENT where there is no such font; -ENODEV without a console; -EINVAL
 * for a file that cannot be used; -ENOMEM: nothing has changed. For the thread.
 */
int framebuffer_console_choose_font(const char *name);

#endif
