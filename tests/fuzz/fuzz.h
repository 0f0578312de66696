/* SPDX-License-Identifier: MIT */
/*
 * What all fuzz targets share: the input taken apart into numbers, and a check
 * that stops the run. A target includes the source that it looks into, so that
 * it reaches what is static there; names that the host's libc has, too, are
 * renamed on the way. `make fuzz` (scripts/fuzz.py) builds and runs them.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* libFuzzer's name for a target: it is called with one input after another. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Stops the run; libFuzzer then keeps the input. */
#define FUZZ_CHECK(condition)                                         \
	do {                                                          \
		if (!(condition)) {                                   \
			fprintf(stderr, "%s:%d: does not hold: %s\n", \
				__FILE__, __LINE__, #condition);      \
			abort();                                      \
		}                                                     \
	} while (0)

/* What is left of the input. */
struct fuzz_input {
	const uint8_t *data;
	size_t size;
};

/* The next number of @bytes bytes, the lowest first; zeros behind the end. */
static inline uint64_t fuzz_number(struct fuzz_input *input, size_t bytes)
{
	uint64_t number = 0;

	for (size_t i = 0; i < bytes && input->size > 0; i++) {
		number |= (uint64_t)*input->data++ << (8 * i);
		input->size--;
	}
	return number;
}

static inline uint8_t fuzz_byte(struct fuzz_input *input)
{
	return (uint8_t)fuzz_number(input, 1);
}

/* The next number, in [0, limit). */
static inline uint32_t fuzz_below(struct fuzz_input *input, uint32_t limit)
{
	return (uint32_t)(fuzz_number(input, limit > 256 ? 4 : 1) % limit);
}

/* A coordinate: most are near an edge, or as far out as there are numbers. */
static inline int32_t fuzz_coordinate(struct fuzz_input *input, uint32_t edge)
{
	int32_t near = (int8_t)fuzz_byte(input);

	switch (fuzz_byte(input) % 5) {
	case 0:
		return near;
	case 1:
		return (int32_t)edge + near / 8;
	case 2:
		return INT32_MAX - (near & 0x7f);
	case 3:
		return INT32_MIN + (near & 0x7f);
	default:
		return (int32_t)fuzz_number(input, 4);
	}
}

#endif
