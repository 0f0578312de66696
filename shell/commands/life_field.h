/* SPDX-License-Identifier: MIT */
/*
 * A field of Conway's Game of Life, PURE (M. Gardner, "Mathematical Games",
 * Scientific American, October 1970): a cell lives on with two or three living
 * neighbours of its eight, and is born with three. The edges are joined, left
 * to right and top to bottom.
 */
#ifndef LIFE_FIELD_H
#define LIFE_FIELD_H

#include <stddef.h>
#include <stdint.h>

enum {
	LIFE_AGE_MAX = 255,
};

struct life_field {
	uint32_t width, height; /* in cells, at least 1 each */
	/* Row by row: 0 is dead, else for how many generations it has lived,
	 * LIFE_AGE_MAX at most. */
	uint8_t *cells;
	uint8_t *next; /* room for the generation to come */
};

/* Bytes of memory that a field takes. */
size_t life_field_bytes(uint32_t width, uint32_t height);

/* An empty field. @memory, of life_field_bytes(), stays the caller's and must
 * stay alive. */
void life_field_init(struct life_field *field, void *memory, uint32_t width,
		     uint32_t height);

/* Make a quarter of the cells, more or less, alive: the same for the same
 * seed. */
void life_field_sow(struct life_field *field, uint32_t seed);

/* The next generation; returns how many cells live. Time in proportion to the
 * cells. */
size_t life_field_step(struct life_field *field);

#endif
