/* SPDX-License-Identifier: MIT */
/*
 * The mouse behind the second port of the 8042: for i8042.c.
 */
#ifndef PS2_MOUSE_H
#define PS2_MOUSE_H

#include <kernel/types.h>

/* How to reach the mouse; its keys are stopped. */
struct ps2_mouse_port {
	/* Give it a byte, which it has to acknowledge. 0 or an error. */
	int (*command)(uint8_t byte);
	/* A byte of its answer; in bounded time. 0 or -ETIMEDOUT. */
	int (*read)(uint8_t *byte);
};

/* Find out what mouse there is and have it tell its moves. 0; -ENODEV where
 * none answers. */
int ps2_mouse_start(const struct ps2_mouse_port *port);

/* A byte of the mouse, from the handler of the interrupt. */
void ps2_mouse_take(uint8_t byte);

#endif
