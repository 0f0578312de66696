/* SPDX-License-Identifier: MIT */
/*
 * A field of the Game of Life, PURE.
 */
#include "life_field.h"

#include <lib/string.h>

enum {
	BORN_WITH = 3,
	LIVES_ON_WITH = 2, /* besides that */
	SOWN_SHIFT = 30,   /* of 32 bits, two of which are 0: a quarter */
};

size_t life_field_bytes(uint32_t width, uint32_t height)
{
	return (size_t)width * height * 2;
}

void life_field_init(struct life_field *field, void *memory, uint32_t width,
		     uint32_t height)
{
	const size_t cells = (size_t)width * height;

	*field = (struct life_field){
		.width = width,
		.height = height,
		.cells = memory,
		.next = (uint8_t *)memory + cells,
	};
	memset(field->cells, 0, cells);
}

/* Xorshift (G. Marsaglia, "Xorshift RNGs", 2003), of a seed that is not 0. */
void life_field_sow(struct life_field *field, uint32_t seed)
{
	const size_t cells = (size_t)field->width * field->height;
	uint32_t random = seed | 1;

	for (size_t i = 0; i < cells; i++) {
		random ^= random << 13;
		random ^= random >> 17;
		random ^= random << 5;
		field->cells[i] = random >> SOWN_SHIFT == 0;
	}
}

static const uint8_t *row_of(const struct life_field *field, uint32_t row)
{
	return field->cells + (size_t)row * field->width;
}

/* How many of the three cells of a row around a column live. */
static unsigned int row_count(const uint8_t *row, uint32_t left, uint32_t at,
			      uint32_t right)
{
	return (row[left] != 0) + (row[at] != 0) + (row[right] != 0);
}

/* The cell's age in the next generation. */
static uint8_t cell_next(uint8_t age, unsigned int neighbours)
{
	if (neighbours != BORN_WITH &&
	    (age == 0 || neighbours != LIVES_ON_WITH))
		return 0;
	return age < LIFE_AGE_MAX ? age + 1 : age;
}

/* A row of the next generation; how many of its cells live. */
static size_t row_step(const struct life_field *field, uint32_t y)
{
	const uint32_t width = field->width, height = field->height;
	const uint8_t *above = row_of(field, y > 0 ? y - 1 : height - 1);
	const uint8_t *row = row_of(field, y);
	const uint8_t *below = row_of(field, y + 1 < height ? y + 1 : 0);
	uint8_t *next = field->next + (size_t)y * width;
	size_t alive = 0;

	for (uint32_t x = 0; x < width; x++) {
		const uint32_t left = x > 0 ? x - 1 : width - 1;
		const uint32_t right = x + 1 < width ? x + 1 : 0;
		const unsigned int neighbours =
			row_count(above, left, x, right) +
			row_count(row, left, x, right) - (row[x] != 0) +
			row_count(below, left, x, right);

		next[x] = cell_next(row[x], neighbours);
		alive += next[x] != 0;
	}
	return alive;
}

size_t life_field_step(struct life_field *field)
{
	uint8_t *const now = field->cells;
	size_t alive = 0;

	for (uint32_t y = 0; y < field->height; y++)
		alive += row_step(field, y);
	field->cells = field->next;
	field->next = now;
	return alive;
}
