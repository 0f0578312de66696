/* SPDX-License-Identifier: MIT */
/*
 * Arrays of bits: fills, searches and counts against an array of bools.
 */
#include "fuzz.h"

#include "../../lib/bitmap.c"

enum {
	BITS_MAX = 300,
};

static void check_all(const uint64_t *map, const bool *model, size_t bits)
{
	size_t ones = 0, zero = bits;

	for (size_t i = bits; i-- > 0;) {
		FUZZ_CHECK(bitmap_test(map, i) == model[i]);
		ones += model[i];
		zero = model[i] ? zero : i;
		FUZZ_CHECK(bitmap_find_zero(map, bits, i) == zero);
	}
	FUZZ_CHECK(bitmap_count(map, bits) == ones);
	FUZZ_CHECK(bitmap_find_zero(map, bits, bits) == bits);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = { data, size };
	const size_t bits = 1 + fuzz_below(&input, BITS_MAX);
	uint64_t *map = malloc(bitmap_words(bits) * sizeof(uint64_t));
	bool model[BITS_MAX];

	/* What lies behind the last bit is none of its business. */
	for (size_t i = 0; i < bitmap_words(bits); i++)
		map[i] = 0x123456789abcdef;
	for (size_t i = 0; i < bits; i++)
		model[i] = bitmap_test(map, i);
	while (input.size > 0) {
		const size_t first = fuzz_below(&input, (uint32_t)bits);
		const size_t count =
			fuzz_below(&input, (uint32_t)(bits - first) + 1);
		const bool value = fuzz_byte(&input) & 1;

		bitmap_fill(map, first, count, value);
		for (size_t i = 0; i < count; i++)
			model[first + i] = value;
		check_all(map, model, bits);
	}
	free(map);
	return 0;
}
