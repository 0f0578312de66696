/* SPDX-License-Identifier: MIT */
/*
 * The ring: pushes and pops against two counters; byte n holds n.
 */
#include "fuzz.h"

#include "../../lib/ring.c"

enum {
	CAPACITY_MAX = 9,
};

static void step(struct ring *ring, bool is_push, size_t *pushed,
		 size_t *popped)
{
	const size_t count = *pushed - *popped;
	uint8_t byte = 0xee;

	if (is_push) {
		const bool done = ring_push(ring, (uint8_t)*pushed);

		FUZZ_CHECK(done == (count < ring->capacity));
		*pushed += done;
		return;
	}
	FUZZ_CHECK(ring_pop(ring, &byte) == (count > 0));
	FUZZ_CHECK(byte == (count > 0 ? (uint8_t)*popped : 0xee));
	*popped += count > 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = { data, size };
	const size_t capacity = 1 + fuzz_below(&input, CAPACITY_MAX);
	uint8_t *bytes = malloc(capacity);
	size_t pushed = 0, popped = 0;
	struct ring ring;

	ring_init(&ring, bytes, capacity);
	while (input.size > 0) {
		step(&ring, fuzz_byte(&input) & 1, &pushed, &popped);
		FUZZ_CHECK(ring_check(&ring));
		FUZZ_CHECK(ring_count(&ring) == pushed - popped);
		FUZZ_CHECK(ring_room(&ring) == capacity - (pushed - popped));
	}
	free(bytes);
	return 0;
}
