/* SPDX-License-Identifier: MIT */
/*
 * Tests of fills and copies by words: each byte is the one that is due, and
 * none beside the target is touched, both ways.
 */
#include <kernel/ktest.h>
#include <lib/fill.h>

enum {
	OFFSETS = 33, /* of the target, past what string instructions like */
	SHORT_MAX = 150,
	LONG_MAX = 700,
	ROUNDS = 400,
	MARGIN = 40,
	BYTES = MARGIN + OFFSETS + LONG_MAX + MARGIN,
	GUARD = 0xee,
};

#define PATTERN 0x0123456789abcdefULL

static uint8_t to[BYTES] __aligned(64);
static uint8_t from[BYTES] __aligned(64);

static void fill_prepare(struct ktest *test)
{
	(void)test;
	for (size_t i = 0; i < BYTES; i++) {
		to[i] = GUARD;
		from[i] = (uint8_t)(i * 7 + i / 256);
	}
}

/* Is it the guard around the @size bytes at @start? */
static bool is_guarded(size_t start, size_t size)
{
	for (size_t i = 0; i < BYTES; i++) {
		if ((i < start || i >= start + size) && to[i] != GUARD)
			return false;
	}
	return true;
}

static void fill_once(struct ktest *test, size_t offset, size_t size,
		      size_t string_from)
{
	const size_t start = MARGIN + offset;
	bool is_right = true;

	fill_prepare(test);
	fill_words(to + start, PATTERN, size, string_from);
	for (size_t i = 0; i < size; i++)
		is_right &= to[start + i] == (uint8_t)(PATTERN >> i % 8 * 8);
	if (!is_right || !is_guarded(start, size))
		KTEST_FAIL(test, "%zu bytes at %zu, from %zu by string", size,
			   offset, string_from);
}

static void copy_once(struct ktest *test, size_t offset, size_t source,
		      size_t size, size_t string_from)
{
	const size_t start = MARGIN + offset;
	bool is_right = true;

	fill_prepare(test);
	copy_words(to + start, from + source, size, string_from);
	for (size_t i = 0; i < size; i++)
		is_right &= to[start + i] == from[source + i];
	if (!is_right || !is_guarded(start, size))
		KTEST_FAIL(test, "%zu bytes at %zu, from %zu by string", size,
			   offset, string_from);
}

static void fill_of_short_sizes(struct ktest *test)
{
	for (size_t size = 0; size < SHORT_MAX; size++) {
		for (size_t offset = 0; offset < 8; offset++)
			fill_once(test, offset, size, 0);
	}
}

static void copy_of_short_sizes(struct ktest *test)
{
	for (size_t size = 0; size < SHORT_MAX; size++) {
		for (size_t offset = 0; offset < 8; offset++)
			copy_once(test, offset, size % 9, size, 0);
	}
}

/* On both sides of what is the shortest for string instructions. */
static void fill_at_the_limits(struct ktest *test)
{
	const size_t limit = FILL_STRING_MIN;

	for (size_t size = limit - 2; size < limit + 2; size++) {
		for (size_t offset = 0; offset < OFFSETS; offset++) {
			fill_once(test, offset, size, 0);
			fill_once(test, offset, size, limit);
			fill_once(test, offset, size, limit + 1);
			copy_once(test, offset, 3, size, 0);
			copy_once(test, offset, 3, size, limit);
			copy_once(test, offset, 3, size, limit + 1);
		}
	}
}

static void fill_at_random(struct ktest *test)
{
	for (int round = 0; round < ROUNDS && test->failures == 0; round++) {
		const size_t size = ktest_random(test) % LONG_MAX;
		const size_t offset = ktest_random(test) % OFFSETS;
		const size_t source = ktest_random(test) % OFFSETS;
		const size_t string_from = round % 2 ? 0 : SIZE_MAX;

		fill_once(test, offset, size, string_from);
		copy_once(test, offset, source, size, string_from);
	}
}

static const struct ktest_case fill_cases[] = {
	KTEST_CASE(fill_of_short_sizes),
	KTEST_CASE(copy_of_short_sizes),
	KTEST_CASE(fill_at_the_limits),
	KTEST_CASE(fill_at_random),
};
KTEST_SUITE_WITH(fill, fill_cases, .parent = "lib");
