/* SPDX-License-Identifier: MIT */
/*
 * The keyboard's layout, by its name. Present with KEYBOARD_LAYOUTS.
 */
#ifndef DRIVERS_KEYMAP_H
#define DRIVERS_KEYMAP_H

/* Use another layout from the next key on. 0, or -ENOENT where this kernel has
 * none of that name. Any context. */
int keymap_choose(const char *name);

/* The name of the layout in use. Any context. */
const char *keymap_name(void);

/*
 * Names and titles of all layouts, in alphabetical order: the first whose name
 * follows @name, "" for the very first one. NULL behind the last; else *@title
 * is what to call it.
 */
const char *keymap_next(const char *name, const char **title);

#endif
