/* SPDX-License-Identifier: MIT */
/*
 * Shapes of the command draw: one file each, registered by its last line:
 *
 *	static const struct draw_shape draw_circle = {
 *		.name = "circle",
 *		...
 *	};
 *	DRAW_SHAPE(draw_circle);
 */
#ifndef SHELL_DRAW_H
#define SHELL_DRAW_H

#include <kernel/set.h>
#include <video/surface.h>

enum {
	DRAW_NUMBERS_MAX = 6,
};

struct draw_shape {
	const char *name;
	int order;         /* where usages are listed: the lowest first */
	const char *usage; /* its arguments */
	int numbers;       /* how many come before the colour */
	int first_size;    /* numbers from this one on must not be negative */
	/* Draw it. @text is the rest of the line behind the colour, where the
	 * shape takes one. */
	void (*draw)(const struct surface *surface, const int32_t *numbers,
		     uint32_t rgb, const char *text);
	bool takes_text;
};

SET_DECLARE(draw_shapes, const struct draw_shape);

#define DRAW_SHAPE(object) SET_ADD(draw_shapes, object)

/* The rectangle of the numbers x, y, width and height. */
static inline struct rect draw_rect_of(const int32_t *numbers)
{
	return (struct rect){
		.x = numbers[0],
		.y = numbers[1],
		.width = (uint32_t)numbers[2],
		.height = (uint32_t)numbers[3],
	};
}

#endif
