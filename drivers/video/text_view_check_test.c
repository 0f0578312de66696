/* SPDX-License-Identifier: MIT */
/*
 * Tests of the invariants of a view: each breach is seen.
 */
#include "text_fixture.h"

/* One wrong thing at a time. */
#define EXPECT_SEEN(test, member, value)                             \
	do {                                                         \
		const __typeof__(view.member) good_ = (view.member); \
                                                                     \
		KTEST_EXPECT(test, text_view_check(&view, &grid));   \
		(view.member) = (value);                             \
		KTEST_EXPECT(test, !text_view_check(&view, &grid));  \
		(view.member) = good_;                               \
	} while (0)

static void text_view_check_sees_what_is_wrong(struct ktest *test)
{
	KTEST_EXPECT(test, show(test, "abc"));
	EXPECT_SEEN(test, rows, ROWS + 1);
	EXPECT_SEEN(test, columns, COLUMNS - 1);
	EXPECT_SEEN(test, origin, 1);
	EXPECT_SEEN(test, back, 1);
	EXPECT_SEEN(test, shown[1].used, COLUMNS + 1);
	EXPECT_SEEN(test, shown[1].cells[0], cell('x', 0, 0));
}

static const struct ktest_case text_view_check_cases[] = {
	KTEST_CASE(text_view_check_sees_what_is_wrong),
};
KTEST_SUITE_WITH(text_view_check, text_view_check_cases, .parent = "video",
		 .setup = text_prepare);
