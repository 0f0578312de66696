/* SPDX-License-Identifier: MIT */
/*
 * Tests of the memory map made plain, with frames of 16 bytes.
 */
#include "frame_map.h"

#include <kernel/ktest.h>

enum {
	FRAME = 16,
	CAPACITY = 4,
};

static struct frame_region regions[CAPACITY + 1];
static struct frame_map map;

static void frame_map_prepare(struct ktest *test)
{
	(void)test;
	map = (struct frame_map){ .regions = regions, .capacity = CAPACITY };
	regions[CAPACITY] = (struct frame_region){ 1, 2 };
}

/* What there is: pairs of base and end, up to a pair that is 0. */
static void expect_map(struct ktest *test, const uint64_t (*wanted)[2])
{
	size_t count = 0;

	while (wanted[count][1] != 0)
		count++;
	KTEST_ASSERT_EQ(test, map.count, count);
	for (size_t i = 0; i < count; i++) {
		KTEST_EXPECT_EQ(test, regions[i].base, wanted[i][0]);
		KTEST_EXPECT_EQ(test, regions[i].end, wanted[i][1]);
	}
	KTEST_EXPECT(test, frame_map_check(&map));
	/* Nothing is written behind the array. */
	KTEST_EXPECT_EQ(test, regions[CAPACITY].base, 1);
}

#define EXPECT_MAP(test, ...) \
	expect_map(test, (const uint64_t[][2]){ __VA_ARGS__ })

static void add(struct ktest *test, uint64_t base, uint64_t size)
{
	KTEST_EXPECT(test, frame_map_add(&map, base, size));
}

static void take(struct ktest *test, uint64_t base, uint64_t size)
{
	KTEST_EXPECT(test, frame_map_remove(&map, base, size, FRAME));
}

static void frame_map_sorts_and_joins(struct ktest *test)
{
	EXPECT_MAP(test, { 0, 0 });
	add(test, 100, 20);
	add(test, 300, 7);
	add(test, 0, 1);
	EXPECT_MAP(test, { 0, 1 }, { 100, 120 }, { 300, 307 }, { 0, 0 });
	/* Touching below and above, within, and over several. */
	add(test, 99, 1);
	add(test, 120, 1);
	add(test, 102, 10);
	EXPECT_MAP(test, { 0, 1 }, { 99, 121 }, { 300, 307 }, { 0, 0 });
	add(test, 90, 500);
	EXPECT_MAP(test, { 0, 1 }, { 90, 590 }, { 0, 0 });
	add(test, 1, 89);
	EXPECT_MAP(test, { 0, 590 }, { 0, 0 });
	/* Nothing is nothing, wherever it lies. */
	add(test, 20, 0);
	add(test, 700, 0);
	EXPECT_MAP(test, { 0, 590 }, { 0, 0 });
}

static void frame_map_takes_whole_frames(struct ktest *test)
{
	add(test, 5, 1000);
	take(test, 31, 2); /* a byte each of two frames */
	EXPECT_MAP(test, { 5, 16 }, { 48, 1005 }, { 0, 0 });
	take(test, 48, 16);
	take(test, 16, 32);
	EXPECT_MAP(test, { 5, 16 }, { 64, 1005 }, { 0, 0 });
	take(test, 1004, 1);
	EXPECT_MAP(test, { 5, 16 }, { 64, 992 }, { 0, 0 });
	/* Next to it, nothing of it, and nothing at all. */
	take(test, 992, 100);
	take(test, 20, 40);
	take(test, 100, 0);
	EXPECT_MAP(test, { 5, 16 }, { 64, 992 }, { 0, 0 });
	take(test, 200, 10);
	EXPECT_MAP(test, { 5, 16 }, { 64, 192 }, { 224, 992 }, { 0, 0 });
	/* From within one to within another, and all in between. */
	take(test, 10, 220);
	EXPECT_MAP(test, { 240, 992 }, { 0, 0 });
	take(test, 0, UINT64_MAX);
	EXPECT_MAP(test, { 0, 0 });
}

/* The last byte of all has no end that could be told, so it is left out. */
static void frame_map_at_the_end_of_all(struct ktest *test)
{
	add(test, UINT64_MAX - 99, 1000);
	EXPECT_MAP(test, { UINT64_MAX - 99, UINT64_MAX }, { 0, 0 });
	add(test, UINT64_MAX, 1);
	EXPECT_MAP(test, { UINT64_MAX - 99, UINT64_MAX }, { 0, 0 });
	take(test, UINT64_MAX - 20, 3);
	EXPECT_MAP(test, { UINT64_MAX - 99, UINT64_MAX - 31 },
		   { UINT64_MAX - 15, UINT64_MAX }, { 0, 0 });
	take(test, UINT64_MAX - 31, 16);
	EXPECT_MAP(test, { UINT64_MAX - 99, UINT64_MAX - 31 },
		   { UINT64_MAX - 15, UINT64_MAX }, { 0, 0 });
	take(test, UINT64_MAX, UINT64_MAX);
	EXPECT_MAP(test, { UINT64_MAX - 99, UINT64_MAX - 31 }, { 0, 0 });
	add(test, UINT64_MAX - 8, 2);
	frame_map_cut(&map, FRAME);
	EXPECT_MAP(test, { UINT64_MAX - 95, UINT64_MAX - 31 }, { 0, 0 });
	KTEST_EXPECT(test, frame_map_find(&map, UINT64_MAX) == NULL);
}

static void frame_map_cuts_to_whole_frames(struct ktest *test)
{
	add(test, 1, 31);
	add(test, 33, 30);
	add(test, 64, 16);
	add(test, 100, 50);
	frame_map_cut(&map, FRAME);
	EXPECT_MAP(test, { 16, 32 }, { 64, 80 }, { 112, 144 }, { 0, 0 });
}

static void frame_map_finds(struct ktest *test)
{
	KTEST_EXPECT(test, frame_map_find(&map, 0) == NULL);
	add(test, 100, 50);
	add(test, 200, 50);
	add(test, 300, 50);
	for (uint64_t at = 0; at < 400; at++) {
		const struct frame_region *found = frame_map_find(&map, at);

		if (at < 100 || at % 100 >= 50 || at >= 350)
			KTEST_EXPECT(test, found == NULL);
		else
			KTEST_EXPECT(test, found == &regions[at / 100 - 1]);
	}
}

/* Where no entry is left, memory is lost, and none is made up. */
static void frame_map_that_is_full(struct ktest *test)
{
	for (uint64_t i = 0; i < CAPACITY; i++)
		add(test, 100 * i, 50);
	KTEST_EXPECT(test, !frame_map_add(&map, 60, 10));
	KTEST_EXPECT(test, !frame_map_add(&map, 1000, 10));
	EXPECT_MAP(test, { 0, 50 }, { 100, 150 }, { 200, 250 }, { 300, 350 },
		   { 0, 0 });
	/* What touches needs no entry. */
	add(test, 350, 10);
	KTEST_EXPECT(test, !frame_map_remove(&map, 120, 1, FRAME));
	EXPECT_MAP(test, { 0, 50 }, { 100, 112 }, { 200, 250 }, { 300, 360 },
		   { 0, 0 });
	KTEST_EXPECT(test, !frame_map_remove(&map, 320, 1, FRAME));
	EXPECT_MAP(test, { 0, 50 }, { 100, 112 }, { 200, 250 }, { 300, 320 },
		   { 0, 0 });
}

static void frame_map_check_sees(struct ktest *test)
{
	add(test, 0, 10);
	add(test, 20, 10);
	regions[1].base = 10;
	KTEST_EXPECT(test, !frame_map_check(&map));
	regions[1].base = 30;
	KTEST_EXPECT(test, !frame_map_check(&map));
	regions[1].base = 11;
	KTEST_EXPECT(test, frame_map_check(&map));
	map.capacity = 1;
	KTEST_EXPECT(test, !frame_map_check(&map));
}

static const struct ktest_case frame_map_cases[] = {
	KTEST_CASE(frame_map_sorts_and_joins),
	KTEST_CASE(frame_map_takes_whole_frames),
	KTEST_CASE(frame_map_at_the_end_of_all),
	KTEST_CASE(frame_map_cuts_to_whole_frames),
	KTEST_CASE(frame_map_finds),
	KTEST_CASE(frame_map_that_is_full),
	KTEST_CASE(frame_map_check_sees),
};
KTEST_SUITE_WITH(frame_map, frame_map_cases, .parent = "mm",
		 .setup = frame_map_prepare);
