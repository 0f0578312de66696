/* SPDX-License-Identifier: MIT */
/*
 * Tests of the memory type range registers: each rule of the manual.
 */
#include <kernel/ktest.h>
#include <kernel/util.h>

#include "mtrr.h"

#define KIB       1024UL
#define MIB       (1024 * KIB)
#define GIB       (1024 * MIB)
#define ENABLED   MTRR_DEFAULT_ENABLED
#define FIXED     MTRR_DEFAULT_FIXED_ENABLED
#define ADDRESSES 0x000fffffffffffffUL

static struct mtrr mtrr;

static void mtrr_prepare(struct ktest *test)
{
	(void)test;
	mtrr = (struct mtrr){ .default_type = ENABLED | MTRR_WRITE_BACK };
}

/* A range of @size, a power of two, by its own base and mask. */
static void add(uint64_t base, uint64_t size, uint64_t type)
{
	mtrr.variable[mtrr.variable_count].base = base | type;
	mtrr.variable[mtrr.variable_count].mask =
		(~(size - 1) & ADDRESSES) | MTRR_MASK_VALID;
	mtrr.variable_count++;
}

static void disabled_is_uncached(struct ktest *test)
{
	add(0, 4 * GIB, MTRR_WRITE_BACK);
	mtrr.default_type = FIXED | MTRR_WRITE_BACK;
	mtrr.fixed[0] = MTRR_WRITE_BACK;
	KTEST_EXPECT_EQ(test, mtrr_type_of(&mtrr, 0, 4 * KIB), MTRR_UNCACHED);
	KTEST_EXPECT_EQ(test, mtrr_type_of(&mtrr, GIB, GIB), MTRR_UNCACHED);
}

/* As SeaBIOS leaves them: all write-back but what lies below 4 GiB. */
static void firmware_of_a_pc(struct ktest *test)
{
	add(3 * GIB, GIB, MTRR_UNCACHED);
	KTEST_EXPECT_EQ(test, mtrr_type_of(&mtrr, 0xfd000000, 4 * MIB),
			MTRR_UNCACHED);
	KTEST_EXPECT_EQ(test, mtrr_type_of(&mtrr, 0, 3 * GIB), MTRR_WRITE_BACK);
	KTEST_EXPECT_EQ(test, mtrr_type_of(&mtrr, 4 * GIB, 1UL << 40),
			MTRR_WRITE_BACK);
	KTEST_EXPECT_EQ(test, mtrr_type_of(&mtrr, 3 * GIB, GIB), MTRR_UNCACHED);
	KTEST_EXPECT_EQ(test, mtrr_type_of(&mtrr, 3 * GIB - 1, 2), MTRR_NONE);
	KTEST_EXPECT_EQ(test, mtrr_type_of(&mtrr, 4 * GIB - 1, 2), MTRR_NONE);
	KTEST_EXPECT_EQ(test, mtrr_type_of(&mtrr, 2 * GIB, 3 * GIB), MTRR_NONE);
	KTEST_EXPECT_EQ(test, mtrr_type_of(&mtrr, 4 * GIB - 1, 1),
			MTRR_UNCACHED);
}

static void each_type(struct ktest *test)
{
	static const uint8_t types[] = { MTRR_UNCACHED, MTRR_WRITE_COMBINING,
					 MTRR_WRITE_THROUGH,
					 MTRR_WRITE_PROTECTED,
					 MTRR_WRITE_BACK };

	for (uint64_t type = 0; type < 256; type++) {
		bool is_known = false;

		for (size_t i = 0; i < ARRAY_SIZE(types); i++)
			is_known |= types[i] == type;
		mtrr.variable_count = 0;
		mtrr.default_type = ENABLED | type;
		KTEST_EXPECT_EQ(test, mtrr_type_of(&mtrr, GIB, 1),
				is_known ? type : MTRR_NONE);
		mtrr.default_type = ENABLED | 2;
		add(GIB, 4 * KIB, type);
		KTEST_EXPECT_EQ(test, mtrr_type_of(&mtrr, GIB, 4 * KIB),
				is_known ? type : MTRR_NONE);
	}
}

/* Every two of the types in one place, in either order (12.11.4.1). */
static void overlaps(struct ktest *test)
{
	static const struct {
		uint8_t a, b;
		enum mtrr_type both;
	} pairs[] = {
		{ MTRR_UNCACHED, MTRR_WRITE_BACK, MTRR_UNCACHED },
		{ MTRR_UNCACHED, MTRR_WRITE_THROUGH, MTRR_UNCACHED },
		{ MTRR_UNCACHED, MTRR_WRITE_COMBINING, MTRR_UNCACHED },
		{ MTRR_UNCACHED, 2, MTRR_UNCACHED },
		{ MTRR_WRITE_THROUGH, MTRR_WRITE_BACK, MTRR_WRITE_THROUGH },
		{ MTRR_WRITE_BACK, MTRR_WRITE_BACK, MTRR_WRITE_BACK },
		{ MTRR_WRITE_COMBINING, MTRR_WRITE_COMBINING,
		  MTRR_WRITE_COMBINING },
		{ MTRR_WRITE_COMBINING, MTRR_WRITE_BACK, MTRR_NONE },
		{ MTRR_WRITE_THROUGH, MTRR_WRITE_PROTECTED, MTRR_NONE },
		{ MTRR_WRITE_BACK, MTRR_WRITE_PROTECTED, MTRR_NONE },
		{ MTRR_WRITE_COMBINING, MTRR_WRITE_THROUGH, MTRR_NONE },
	};

	for (size_t i = 0; i < 2 * ARRAY_SIZE(pairs); i++) {
		const uint8_t a = pairs[i / 2].a, b = pairs[i / 2].b;

		mtrr.variable_count = 0;
		add(GIB, MIB, i % 2 ? a : b);
		add(GIB, GIB, i % 2 ? b : a);
		KTEST_EXPECT_EQ(test, mtrr_type_of(&mtrr, GIB, MIB),
				pairs[i / 2].both);
		/* Uncached wins over what two make, too. */
		add(GIB, 2 * MIB, MTRR_UNCACHED);
		KTEST_EXPECT_EQ(test, mtrr_type_of(&mtrr, GIB, MIB),
				MTRR_UNCACHED);
	}
}

static void a_range_that_is_not_valid(struct ktest *test)
{
	add(0, 4 * GIB, MTRR_UNCACHED);
	mtrr.variable[0].mask &= ~MTRR_MASK_VALID;
	KTEST_EXPECT_EQ(test, mtrr_type_of(&mtrr, 0, GIB), MTRR_WRITE_BACK);
	/* A mask of no bits is all of memory. */
	mtrr.variable[0].mask = MTRR_MASK_VALID;
	KTEST_EXPECT_EQ(test, mtrr_type_of(&mtrr, 1UL << 51, GIB),
			MTRR_UNCACHED);
}

/* Every second page of four: a mask need not be of one piece. */
static void a_mask_with_a_hole(struct ktest *test)
{
	add(GIB, 4 * KIB, MTRR_WRITE_THROUGH);
	mtrr.variable[0].mask &= ~(8 * KIB);
	KTEST_EXPECT_EQ(test, mtrr_type_of(&mtrr, GIB, 4 * KIB),
			MTRR_WRITE_THROUGH);
	KTEST_EXPECT_EQ(test, mtrr_type_of(&mtrr, GIB + 4 * KIB, 4 * KIB),
			MTRR_WRITE_BACK);
	KTEST_EXPECT_EQ(test, mtrr_type_of(&mtrr, GIB + 8 * KIB, 4 * KIB),
			MTRR_WRITE_THROUGH);
	KTEST_EXPECT_EQ(test, mtrr_type_of(&mtrr, GIB, 12 * KIB), MTRR_NONE);
}

/* Part @i of the fixed ranges begins at... */
static uint64_t fixed_start(uint64_t i)
{
	if (i < 8)
		return i * 64 * KIB;
	return i < 24 ? 512 * KIB + (i - 8) * 16 * KIB
		      : 768 * KIB + (i - 24) * 4 * KIB;
}

/* One part alone is another type than the rest: it is seen there, to its edges,
 * and a variable range counts for nothing in the first MiB. */
static void fixed_ranges(struct ktest *test)
{
	mtrr.default_type |= FIXED;
	add(0, MIB, MTRR_UNCACHED);
	for (uint64_t i = 0; i < 88; i++) {
		const uint64_t start = fixed_start(i);
		const uint64_t size = fixed_start(i + 1) - start;

		for (size_t j = 0; j < MTRR_FIXED_COUNT; j++)
			mtrr.fixed[j] = 0x0606060606060606;
		mtrr.fixed[i / 8] ^= 0x02UL << i % 8 * 8;
		KTEST_EXPECT_EQ(test, mtrr_type_of(&mtrr, start, size),
				MTRR_WRITE_THROUGH);
		KTEST_EXPECT_EQ(test, mtrr_type_of(&mtrr, start, size + 1),
				MTRR_NONE);
		if (start > 0)
			KTEST_EXPECT_EQ(test, mtrr_type_of(&mtrr, start - 1, 2),
					MTRR_NONE);
	}
	KTEST_EXPECT_EQ(test, mtrr_type_of(&mtrr, MIB, MIB), MTRR_WRITE_BACK);
	mtrr.default_type &= ~FIXED;
	KTEST_EXPECT_EQ(test, mtrr_type_of(&mtrr, 0, MIB), MTRR_UNCACHED);
}

static void ranges_that_are_none(struct ktest *test)
{
	KTEST_EXPECT_EQ(test, mtrr_type_of(&mtrr, GIB, 0), MTRR_NONE);
	KTEST_EXPECT_EQ(test, mtrr_type_of(&mtrr, UINT64_MAX, 2), MTRR_NONE);
	KTEST_EXPECT_EQ(test, mtrr_type_of(&mtrr, UINT64_MAX, 1),
			MTRR_WRITE_BACK);
	/* 65,536 steps are taken, and no more. */
	add(1UL << 50, 4 * KIB, MTRR_UNCACHED);
	KTEST_EXPECT_EQ(test, mtrr_type_of(&mtrr, GIB, 256 * MIB),
			MTRR_WRITE_BACK);
	KTEST_EXPECT_EQ(test, mtrr_type_of(&mtrr, GIB, 260 * MIB), MTRR_NONE);
}

static const struct ktest_case mtrr_cases[] = {
	KTEST_CASE(disabled_is_uncached),
	KTEST_CASE(firmware_of_a_pc),
	KTEST_CASE(each_type),
	KTEST_CASE(overlaps),
	KTEST_CASE(a_range_that_is_not_valid),
	KTEST_CASE(a_mask_with_a_hole),
	KTEST_CASE(fixed_ranges),
	KTEST_CASE(ranges_that_are_none),
};
KTEST_SUITE_WITH(mtrr, mtrr_cases, .parent = "arch", .setup = mtrr_prepare);
