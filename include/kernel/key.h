/* SPDX-License-Identifier: MIT */
/*
 * Keys, for those who want more than the characters of kernel/input.h: each
 * that is pressed, characters as well, is told to all handlers.
 */
#ifndef KERNEL_KEY_H
#define KERNEL_KEY_H

#include <kernel/set.h>
#include <kernel/types.h>

/* A key: its character, or one of these; KEY_SHIFT where Shift was held with a
 * key that has no character. */
enum key {
	KEY_NONE = 0,
	KEY_PAGE_UP = 0x100,
	KEY_PAGE_DOWN = 0x101,
	KEY_SHIFT = 0x1000,
};

struct key_handler {
	/* Called with interrupts off: short, no printing. */
	void (*press)(uint32_t key);
};

SET_DECLARE(key_handlers, const struct key_handler);

/* Registers a static const struct key_handler. */
#define KEY_HANDLER(handler) SET_ADD(key_handlers, handler)

/* Tell all handlers of a key; nothing where it is KEY_NONE. From a keyboard's
 * driver, interrupts off. */
void key_press(uint32_t key);

#endif
