/* SPDX-License-Identifier: MIT */
/*
 * The mouse: where it points, in cells of the screen, and what is pressed.
 */
#ifndef DRIVERS_MOUSE_H
#define DRIVERS_MOUSE_H

#include <kernel/types.h>

enum mouse_button {
	MOUSE_LEFT = 1 << 0,
	MOUSE_RIGHT = 1 << 1,
	MOUSE_MIDDLE = 1 << 2,
};

struct mouse_state {
	uint32_t column, row;
	int32_t wheel;   /* notches since the start, towards the user */
	uint8_t buttons; /* that are down: MOUSE_... */
	bool is_there, has_wheel;
	uint64_t packets, dropped; /* bytes that were none */
};

/* How many cells there are to point at; 80 by 25 before it is told. Not 0. */
void mouse_set_area(uint32_t columns, uint32_t rows);

/* What the mouse has told so far. Any context. */
struct mouse_state mouse_state_get(void);

#endif
