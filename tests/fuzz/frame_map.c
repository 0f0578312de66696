/* SPDX-License-Identifier: MIT */
/*
 * Memory maps of any ranges, at both ends of the address space, against an
 * array of bools: what is usable, what is taken out, in any order; and arrays
 * that are too short, where memory may be lost but none may be made up.
 */
#include "fuzz.h"

#include "../../mm/frame_map.c"

enum {
	WINDOW = 112, /* bytes at each end that are looked at: whole frames */
	PLACES = 2 * WINDOW + 1,
	CAPACITY_MAX = 40,
	GUARD = 1,
	FRAME_BITS_MAX = 5,
};

static struct frame_region regions[CAPACITY_MAX + GUARD];
static struct frame_map map;
static bool is_in[PLACES]; /* by the model */

/* A few low addresses, one in the middle, a few high ones. */
static uint64_t address_of(size_t place)
{
	if (place < WINDOW)
		return place;
	return place == WINDOW ? (uint64_t)1 << 63
			       : UINT64_MAX - (PLACES - 1 - place);
}

static uint64_t end_of(uint64_t base, uint64_t size)
{
	return size > UINT64_MAX - base ? UINT64_MAX : base + size;
}

static uint64_t read_address(struct fuzz_input *input)
{
	return address_of(fuzz_below(input, PLACES));
}

static uint64_t read_size(struct fuzz_input *input, uint64_t base)
{
	const uint8_t how = fuzz_byte(input) % 8;

	if (how == 0)
		return fuzz_number(input, 8);
	return how == 1 ? read_address(input) - base : fuzz_byte(input);
}

static void add(struct fuzz_input *input)
{
	const uint64_t base = read_address(input);
	const uint64_t size = read_size(input, base);
	const bool done = frame_map_add(&map, base, size);

	for (size_t i = 0; done && i < PLACES; i++) {
		const uint64_t at = address_of(i);

		is_in[i] = is_in[i] || (at >= base && at < end_of(base, size));
	}
}

static void take(struct fuzz_input *input)
{
	const uint64_t base = read_address(input);
	const uint64_t size = read_size(input, base);
	const uint64_t frame = 1U << fuzz_byte(input) % FRAME_BITS_MAX;
	const bool done = frame_map_remove(&map, base, size, frame);

	for (size_t i = 0; i < PLACES; i++) {
		/* The frame of the place, its first and its last byte. */
		const uint64_t low = address_of(i) & ~(frame - 1);
		const uint64_t high = low | (frame - 1);

		if (size != 0 && high >= base && low < end_of(base, size))
			is_in[i] = false;
		if (!done && frame_map_find(&map, address_of(i)) == NULL)
			is_in[i] = false;
	}
}

static void cut(struct fuzz_input *input)
{
	const uint64_t frame = 1U << fuzz_byte(input) % FRAME_BITS_MAX;
	bool whole[PLACES];

	for (size_t i = 0; i < PLACES; i++) {
		const size_t from = i - address_of(i) % frame;

		whole[i] = is_in[i];
		for (size_t k = from; i != WINDOW && k < from + frame; k++)
			whole[i] = whole[i] && is_in[k];
	}
	frame_map_cut(&map, frame);
	memcpy(is_in, whole, sizeof(is_in));
	/* Nobody has looked at all of the frame in the middle. */
	if (frame_map_find(&map, address_of(WINDOW)) == NULL)
		is_in[WINDOW] = false;
}

static void compare(void)
{
	FUZZ_CHECK(frame_map_check(&map));
	for (size_t i = 0; i < PLACES; i++) {
		const uint64_t at = address_of(i);
		const struct frame_region *found = frame_map_find(&map, at);

		FUZZ_CHECK((found != NULL) == is_in[i]);
		FUZZ_CHECK(found == NULL ||
			   (found->base <= at && at < found->end));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = { data, size };

	map = (struct frame_map){
		.regions = regions,
		.capacity = fuzz_below(&input, CAPACITY_MAX + 1),
	};
	memset(is_in, 0, sizeof(is_in));
	regions[map.capacity] = (struct frame_region){ 1, 2 };
	while (input.size > 0) {
		const uint8_t what = fuzz_byte(&input) % 8;

		if (what == 0)
			cut(&input);
		else if (what < 4)
			take(&input);
		else
			add(&input);
		compare();
		FUZZ_CHECK(regions[map.capacity].base == 1);
	}
	return 0;
}
