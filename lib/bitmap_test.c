/* SPDX-License-Identifier: MIT */
/*
 * Tests of the bitmap: every range of three words, held against bits one by
 * one.
 */
#include <kernel/ktest.h>
#include <lib/bitmap.h>

enum {
	WORDS = 3,
	BITS = WORDS * 64,
	ROUNDS = 3000,
};

/* A word before and behind, which must stay as they are. */
static uint64_t guarded[WORDS + 2];
static uint64_t *const map = guarded + 1;
static bool model[BITS];

#define GUARD 0xa5a5a5a5a5a5a5a5UL

static void bitmap_prepare(struct ktest *test)
{
	(void)test;
	for (size_t i = 0; i < BITS; i++)
		model[i] = false;
	for (size_t i = 0; i < ARRAY_SIZE(guarded); i++)
		guarded[i] = 0;
	guarded[0] = GUARD;
	guarded[WORDS + 1] = GUARD;
}

static bool is_as_model(void)
{
	for (size_t i = 0; i < BITS; i++) {
		if (bitmap_test(map, i) != model[i])
			return false;
	}
	return guarded[0] == GUARD && guarded[WORDS + 1] == GUARD;
}

static void model_fill(size_t first, size_t count, bool value)
{
	for (size_t i = first; i < first + count; i++)
		model[i] = value;
}

static size_t model_find_zero(size_t bits, size_t from)
{
	while (from < bits && model[from])
		from++;
	return from < bits ? from : bits;
}

static size_t model_count(size_t bits)
{
	size_t count = 0;

	for (size_t i = 0; i < bits; i++)
		count += model[i];
	return count;
}

static void bitmap_words_round_up(struct ktest *test)
{
	KTEST_EXPECT_EQ(test, bitmap_words(0), 0);
	KTEST_EXPECT_EQ(test, bitmap_words(1), 1);
	KTEST_EXPECT_EQ(test, bitmap_words(63), 1);
	KTEST_EXPECT_EQ(test, bitmap_words(64), 1);
	KTEST_EXPECT_EQ(test, bitmap_words(65), 2);
	KTEST_EXPECT_EQ(test, bitmap_words(128), 2);
	KTEST_EXPECT_EQ(test, bitmap_words(129), 3);
}

/* A bit alone, in a map of zeros and in one of ones. */
static void bitmap_sets_single_bits(struct ktest *test)
{
	for (size_t bit = 0; bit < BITS; bit++) {
		bitmap_fill(map, bit, 1, true);
		model_fill(bit, 1, true);
		KTEST_ASSERT(test, is_as_model());
		KTEST_ASSERT_EQ(test, map[bit / 64], 1UL << bit % 64);
		bitmap_fill(map, bit, 1, false);
		model_fill(bit, 1, false);
		KTEST_ASSERT(test, is_as_model());
	}
}

static void bitmap_fills_every_range(struct ktest *test)
{
	for (size_t first = 0; first <= BITS; first++) {
		for (size_t count = 0; count <= BITS - first; count++) {
			bitmap_fill(map, first, count, true);
			KTEST_ASSERT_EQ(test, bitmap_count(map, BITS), count);
			KTEST_ASSERT(test,
				     count == 0 || bitmap_test(map, first));
			KTEST_ASSERT(
				test,
				count == 0 ||
					bitmap_test(map, first + count - 1));
			bitmap_fill(map, first, count, false);
			KTEST_ASSERT_EQ(test, bitmap_count(map, BITS), 0);
		}
	}
	KTEST_EXPECT(test, is_as_model());
}

static void bitmap_agrees_with_a_model(struct ktest *test)
{
	for (int round = 0; round < ROUNDS; round++) {
		const size_t first = ktest_random(test) % BITS;
		const size_t count = ktest_random(test) % (BITS - first + 1);
		const bool value = ktest_random(test) % 2;
		const size_t bits = ktest_random(test) % (BITS + 1);
		const size_t from = ktest_random(test) % (BITS + 1);

		bitmap_fill(map, first, count, value);
		model_fill(first, count, value);
		KTEST_ASSERT(test, is_as_model());
		KTEST_ASSERT_EQ(test, bitmap_count(map, bits),
				model_count(bits));
		KTEST_ASSERT_EQ(test, bitmap_find_zero(map, bits, from),
				model_find_zero(bits, from));
	}
}

static void bitmap_finds_the_only_zero(struct ktest *test)
{
	bitmap_fill(map, 0, BITS, true);
	KTEST_EXPECT_EQ(test, bitmap_find_zero(map, BITS, 0), BITS);
	KTEST_EXPECT_EQ(test, bitmap_find_zero(map, 0, 0), 0);
	for (size_t bit = 0; bit < BITS; bit++) {
		bitmap_fill(map, bit, 1, false);
		KTEST_ASSERT_EQ(test, bitmap_find_zero(map, BITS, 0), bit);
		KTEST_ASSERT_EQ(test, bitmap_find_zero(map, BITS, bit), bit);
		KTEST_ASSERT_EQ(test, bitmap_find_zero(map, bit + 1, 0), bit);
		/* Beyond it, and up to it, there is none. */
		KTEST_ASSERT_EQ(test, bitmap_find_zero(map, BITS, bit + 1),
				BITS);
		KTEST_ASSERT_EQ(test, bitmap_find_zero(map, bit, 0), bit);
		bitmap_fill(map, bit, 1, true);
	}
}

static const struct ktest_case bitmap_cases[] = {
	KTEST_CASE(bitmap_words_round_up),
	KTEST_CASE(bitmap_sets_single_bits),
	KTEST_CASE(bitmap_fills_every_range),
	KTEST_CASE(bitmap_agrees_with_a_model),
	KTEST_CASE(bitmap_finds_the_only_zero),
};
KTEST_SUITE_WITH(bitmap, bitmap_cases, .parent = "lib",
		 .setup = bitmap_prepare);
