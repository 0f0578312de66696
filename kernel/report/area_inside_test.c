/* SPDX-License-Identifier: MIT */
/*
 * Tests of which area an address lies in.
 */
#include <kernel/area_inside.h>
#include <kernel/ktest.h>

static struct area heap = {
	.name = "the heap", .start = 0x8000, .end = 0xa000, .kind = AREA_DATA
};
static struct area stack = { .next = &heap,
			     .name = "main",
			     .start = 0x2000,
			     .end = 0x4000,
			     .kind = AREA_STACK };
static const struct area_list list = { &stack };

static void area_at_finds_it(struct ktest *test)
{
	static const struct area_list none;

	KTEST_EXPECT(test, area_at(&none, 0x2000) == NULL);
	KTEST_EXPECT(test, area_at(&list, 0x1fff) == NULL);
	KTEST_EXPECT(test, area_at(&list, 0x2000) == &stack);
	KTEST_EXPECT(test, area_at(&list, 0x3fff) == &stack);
	KTEST_EXPECT(test, area_at(&list, 0x4000) == NULL);
	KTEST_EXPECT(test, area_at(&list, 0x8000) == &heap);
	KTEST_EXPECT(test, area_at(&list, 0xa000) == NULL);
	KTEST_EXPECT(test, area_at(&list, UINT64_MAX) == NULL);
}

/* A list that goes in circles, or down, ends. */
static void area_at_ends(struct ktest *test)
{
	static struct area around, below = { .end = 1 };
	static const struct area_list circle = { &around };

	around = (struct area){ .next = &around, .start = 1, .end = 2 };
	KTEST_EXPECT(test, area_at(&circle, 5) == NULL);
	around.next = &below;
	below.next = &around;
	KTEST_EXPECT(test, area_at(&circle, 5) == NULL);
	KTEST_EXPECT(test, area_at(&circle, 1) == &around);
}

static void area_inside_is_described(struct ktest *test)
{
	char text[AREA_TEXT_BYTES] = "as it was";

	KTEST_EXPECT(test, !area_describe_inside(&list, 0, text, sizeof(text)));
	KTEST_EXPECT_STREQ(test, text, "as it was");
	KTEST_EXPECT(test,
		     area_describe_inside(&list, 0x8120, text, sizeof(text)));
	KTEST_EXPECT_STREQ(test, text,
			   "in the heap, 0x120 bytes from its start");
	KTEST_EXPECT(test,
		     area_describe_inside(&list, 0x3fc0, text, sizeof(text)));
	KTEST_EXPECT_STREQ(test, text,
			   "in the main stack, 0x40 bytes below its top");
}

static const struct ktest_case area_inside_cases[] = {
	KTEST_CASE(area_at_finds_it),
	KTEST_CASE(area_at_ends),
	KTEST_CASE(area_inside_is_described),
};
KTEST_SUITE_WITH(area_inside, area_inside_cases, .parent = "kernel");
