/* SPDX-License-Identifier: MIT */
/*
 * Tests of named areas: where they are placed, and what is said beside them.
 */
#include <kernel/area.h>
#include <kernel/ktest.h>

enum {
	PAGE = AREA_GUARD_BYTES,
	FROM = 16 * PAGE, /* the window of the cases */
	TO = 32 * PAGE,
	AREAS = 8,
};

static struct area areas[AREAS];
static struct area_list list;

static void area_prepare(struct ktest *test)
{
	(void)test;
	list = (struct area_list){ NULL };
	for (size_t i = 0; i < AREAS; i++)
		areas[i] = (struct area){ .name = "one" };
}

static void add(size_t i, uint64_t start, uint64_t end, enum area_kind kind)
{
	areas[i].start = start;
	areas[i].end = end;
	areas[i].kind = kind;
	area_add(&list, &areas[i]);
}

/* Place an area; where, or 0. */
static uint64_t place(size_t i, uint64_t pages, uint64_t align, uint64_t offset)
{
	const struct area_request request = { FROM, TO, pages * PAGE, align,
					      offset };

	return area_place(&list, &areas[i], &request) ? areas[i].start : 0;
}

static void expect_sorted(struct ktest *test, size_t count)
{
	const struct area *area = list.first;

	for (; area != NULL; area = area->next, count--) {
		KTEST_EXPECT_LT(test, area->start, area->end);
		if (area->next != NULL)
			KTEST_EXPECT_LE(test, area->end, area->next->start);
	}
	KTEST_EXPECT_EQ(test, count, 0);
}

static void area_places_lowest_first(struct ktest *test)
{
	KTEST_EXPECT_EQ(test, place(0, 2, PAGE, 0), FROM + PAGE);
	KTEST_EXPECT_EQ(test, place(1, 1, PAGE, 0), FROM + 4 * PAGE);
	KTEST_EXPECT_EQ(test, place(2, 3, PAGE, 0), FROM + 6 * PAGE);
	expect_sorted(test, 3);
	area_remove(&list, &areas[0]);
	expect_sorted(test, 2);
	/* Too long for what became free, as long as it, shorter. */
	KTEST_EXPECT_EQ(test, place(3, 3, PAGE, 0), FROM + 10 * PAGE);
	KTEST_EXPECT_EQ(test, place(4, 2, PAGE, 0), FROM + PAGE);
	area_remove(&list, &areas[4]);
	KTEST_EXPECT_EQ(test, place(5, 1, PAGE, 0), FROM + PAGE);
	expect_sorted(test, 4);
	area_remove(&list, &areas[3]);
	area_remove(&list, &areas[5]);
	area_remove(&list, &areas[1]);
	area_remove(&list, &areas[2]);
	KTEST_EXPECT(test, list.first == NULL);
}

static void area_place_aligns(struct ktest *test)
{
	KTEST_EXPECT_EQ(test, place(0, 1, 8 * PAGE, 0), FROM + 8 * PAGE);
	KTEST_EXPECT_EQ(test, place(1, 1, 4 * PAGE, 3 * PAGE), FROM + 3 * PAGE);
	KTEST_EXPECT_EQ(test, place(2, 1, 4 * PAGE, 2 * PAGE), FROM + 6 * PAGE);
	expect_sorted(test, 3);
}

/* By bytes, too: what is asked for is what counts. */
static void area_place_aligns_any(struct ktest *test)
{
	const struct area_request request = { FROM + 1, TO, PAGE, 2, 1 };

	KTEST_ASSERT(test, area_place(&list, &areas[0], &request));
	KTEST_EXPECT_EQ(test, areas[0].start, FROM + PAGE + 1);
	KTEST_ASSERT(test, area_place(&list, &areas[1],
				      &(struct area_request){ FROM + 2, TO, 9,
							      2, 1 }));
	KTEST_EXPECT_EQ(test, areas[1].start, FROM + 3 * PAGE + 1);
}

static void area_place_has_a_window(struct ktest *test)
{
	KTEST_EXPECT_EQ(test, place(0, 15, PAGE, 0), 0);
	KTEST_EXPECT_EQ(test, place(0, 17, PAGE, 0), 0);
	KTEST_EXPECT_EQ(test, place(0, UINT64_MAX / PAGE, PAGE, 0), 0);
	KTEST_EXPECT(test, list.first == NULL);
	KTEST_EXPECT_EQ(test, place(0, 14, PAGE, 0), FROM + PAGE);
	KTEST_EXPECT_EQ(test, place(1, 1, PAGE, 0), 0);
	area_remove(&list, &areas[0]);
	/* Aligned, it begins above the window, or ends there. */
	KTEST_EXPECT_EQ(test, place(0, 1, 64 * PAGE, 0), 0);
	KTEST_EXPECT_EQ(test, place(0, 2, 16 * PAGE, 14 * PAGE), 0);
	KTEST_EXPECT_EQ(test, place(0, 1, 16 * PAGE, 14 * PAGE),
			FROM + 14 * PAGE);
	expect_sorted(test, 1);
}

/* Of areas elsewhere only those that touch the window count. */
static void area_place_between_others(struct ktest *test)
{
	add(0, PAGE, 2 * PAGE, AREA_DATA);
	add(1, TO, TO + PAGE, AREA_DATA);
	add(2, FROM - PAGE, FROM + 2 * PAGE, AREA_DATA);
	expect_sorted(test, 3);
	KTEST_EXPECT_EQ(test, place(3, 4, PAGE, 0), FROM + 3 * PAGE);
	KTEST_EXPECT_EQ(test, place(4, 7, PAGE, 0), FROM + 8 * PAGE);
	KTEST_EXPECT_EQ(test, place(5, 1, PAGE, 0), 0);
	expect_sorted(test, 5);
	KTEST_EXPECT(test, area_find(&list, FROM + 3 * PAGE) == &areas[3]);
	KTEST_EXPECT(test, area_find(&list, FROM + 4 * PAGE) == NULL);
	KTEST_EXPECT(test, area_find(&list, TO) == &areas[1]);
}

/* What is said of an address; "" for nothing. */
static const char *said_of(uint64_t address, uint64_t stack_pointer)
{
	static char text[AREA_TEXT_BYTES];

	return area_describe(&list, address, stack_pointer, text, sizeof(text))
		       ? text
		       : "";
}

static const char *said(uint64_t address)
{
	return said_of(address, 0);
}

#define DATA 0x444444440000UL
#define MIB  0x100000UL

static void area_describes_what_is_near(struct ktest *test)
{
	KTEST_EXPECT_STREQ(test, said(DATA), "");
	areas[0].name = "the heap";
	add(0, DATA, DATA + MIB, AREA_DATA);
	KTEST_EXPECT_STREQ(test, said(DATA), "");
	KTEST_EXPECT_STREQ(test, said(DATA + MIB - 1), "");
	KTEST_EXPECT_STREQ(test, said(DATA + MIB),
			   "1 byte past the end of the heap");
	KTEST_EXPECT_STREQ(test, said(DATA + 17 * MIB - 1),
			   "16777216 bytes past the end of the heap");
	KTEST_EXPECT_STREQ(test, said(DATA + 17 * MIB), "");
	KTEST_EXPECT_STREQ(test, said(DATA - 1), "1 byte before the heap");
	KTEST_EXPECT_STREQ(test, said(DATA - 16 * MIB),
			   "16777216 bytes before the heap");
	KTEST_EXPECT_STREQ(test, said(DATA - 16 * MIB - 1), "");
}

/* Of two neighbours the nearer one. */
static void area_describes_the_nearer(struct ktest *test)
{
	areas[0].name = "this";
	areas[1].name = "that";
	add(0, DATA, DATA + MIB, AREA_DATA);
	add(1, DATA + MIB + PAGE, DATA + 2 * MIB, AREA_DATA);
	KTEST_EXPECT_STREQ(test, said(DATA + MIB + PAGE / 2 - 1),
			   "2048 bytes past the end of this");
	KTEST_EXPECT_STREQ(test, said(DATA + MIB + PAGE / 2),
			   "2048 bytes before that");
	KTEST_EXPECT_STREQ(test, said(DATA + MIB + PAGE - 1),
			   "1 byte before that");
}

/* The page below a stack is its own, whoever lies below that. */
static void area_describes_guards(struct ktest *test)
{
	areas[0].name = "main";
	areas[1].name = "double-fault";
	add(0, DATA, DATA + 4 * PAGE, AREA_STACK);
	add(1, DATA + 5 * PAGE, DATA + 8 * PAGE, AREA_STACK);
	KTEST_EXPECT_STREQ(test, said(DATA - 1),
			   "in the guard page of main, 1 byte below");
	KTEST_EXPECT_STREQ(test, said(DATA - PAGE),
			   "in the guard page of main, 4096 bytes below");
	KTEST_EXPECT_STREQ(test, said(DATA - PAGE - 1), "");
	KTEST_EXPECT_STREQ(
		test, said(DATA + 4 * PAGE),
		"in the guard page of double-fault, 4096 bytes below");
	KTEST_EXPECT_STREQ(test, said(DATA + 8 * PAGE),
			   "1 byte past the end of double-fault");
	KTEST_EXPECT_STREQ(test, said(DATA + 9 * PAGE), "");
}

/* An overflow is what has the stack pointer within a page of the lowest byte,
 * on either side. */
static void area_describes_overflows(struct ktest *test)
{
	static const char overflow[] = "stack overflow of main, 16 bytes below";
	static const char guard[] = "in the guard page of main, 16 bytes below";
	const uint64_t at = DATA - 16;

	areas[0].name = "main";
	add(0, DATA, DATA + 4 * PAGE, AREA_STACK);
	KTEST_EXPECT_STREQ(test, said_of(at, DATA - PAGE - 1), guard);
	KTEST_EXPECT_STREQ(test, said_of(at, DATA - PAGE), overflow);
	KTEST_EXPECT_STREQ(test, said_of(at, at), overflow);
	KTEST_EXPECT_STREQ(test, said_of(at, DATA + PAGE), overflow);
	KTEST_EXPECT_STREQ(test, said_of(at, DATA + PAGE + 1), guard);
	KTEST_EXPECT_STREQ(test, said_of(at, UINT64_MAX), guard);
	KTEST_EXPECT_STREQ(test, said_of(DATA + 4 * PAGE, DATA),
			   "1 byte past the end of main");
}

static void area_knows_whose_guard(struct ktest *test)
{
	KTEST_EXPECT(test, area_of_guard(&list, 0) == NULL);
	add(0, DATA, DATA + 4 * PAGE, AREA_DATA);
	add(1, DATA + 6 * PAGE, DATA + 8 * PAGE, AREA_STACK);
	KTEST_EXPECT(test, area_of_guard(&list, DATA - 1) == NULL);
	KTEST_EXPECT(test, area_of_guard(&list, DATA + 5 * PAGE - 1) == NULL);
	KTEST_EXPECT(test, area_of_guard(&list, DATA + 5 * PAGE) == &areas[1]);
	KTEST_EXPECT(test,
		     area_of_guard(&list, DATA + 6 * PAGE - 1) == &areas[1]);
	KTEST_EXPECT(test, area_of_guard(&list, DATA + 6 * PAGE) == NULL);
	KTEST_EXPECT(test, area_of_guard(&list, UINT64_MAX) == NULL);
}

static bool has_overflowed(uint64_t address, uint64_t stack_pointer)
{
	return area_has_overflowed(&list, address, stack_pointer);
}

static void area_knows_what_overflowed(struct ktest *test)
{
	const uint64_t end = DATA + 6 * PAGE;

	KTEST_EXPECT(test, !has_overflowed(0, 0));
	add(0, DATA, DATA + 4 * PAGE, AREA_DATA);
	add(1, end, DATA + 8 * PAGE, AREA_STACK);
	KTEST_EXPECT(test, !has_overflowed(DATA - 1, DATA));
	KTEST_EXPECT(test, !has_overflowed(end - PAGE - 1, end));
	KTEST_EXPECT(test, has_overflowed(end - PAGE, end));
	KTEST_EXPECT(test, has_overflowed(end - 1, end));
	KTEST_EXPECT(test, !has_overflowed(end, end));
	KTEST_EXPECT(test, !has_overflowed(UINT64_MAX, end));
	KTEST_EXPECT(test, !has_overflowed(end - 1, end - PAGE - 1));
	KTEST_EXPECT(test, has_overflowed(end - 1, end - PAGE));
	KTEST_EXPECT(test, has_overflowed(end - 1, end + PAGE));
	KTEST_EXPECT(test, !has_overflowed(end - 1, end + PAGE + 1));
}

static void area_describes_null_pointers(struct ktest *test)
{
	KTEST_EXPECT_STREQ(test, said(0), "null pointer, at offset 0x0");
	KTEST_EXPECT_STREQ(test, said(0xfff), "null pointer, at offset 0xfff");
	KTEST_EXPECT_STREQ(test, said(0x1000), "");
	add(0, PAGE, 2 * PAGE, AREA_DATA);
	KTEST_EXPECT_STREQ(test, said(0x18), "null pointer, at offset 0x18");
	KTEST_EXPECT_STREQ(test, said(0x1000), "");
}

static const struct ktest_case area_cases[] = {
	KTEST_CASE(area_places_lowest_first),
	KTEST_CASE(area_place_aligns),
	KTEST_CASE(area_place_aligns_any),
	KTEST_CASE(area_place_has_a_window),
	KTEST_CASE(area_place_between_others),
	KTEST_CASE(area_describes_what_is_near),
	KTEST_CASE(area_describes_the_nearer),
	KTEST_CASE(area_describes_guards),
	KTEST_CASE(area_describes_overflows),
	KTEST_CASE(area_knows_whose_guard),
	KTEST_CASE(area_knows_what_overflowed),
	KTEST_CASE(area_describes_null_pointers),
};
KTEST_SUITE_WITH(area, area_cases, .parent = "kernel", .setup = area_prepare);
