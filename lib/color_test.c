/* SPDX-License-Identifier: MIT */
/*
 * Tests of the table of colours.
 */
#include <kernel/ktest.h>
#include <lib/color.h>

static const struct color wanted[] = {
	{ "white", 0xffffff, true },   { "red", 0xff0000, true },
	{ "green", 0x00ff00, true },   { "blue", 0x0000ff, true },
	{ "cyan", 0x00ffff, true },    { "yellow", 0xffff00, true },
	{ "magenta", 0xff00ff, true }, { "black", 0x000000, false },
	{ "gray", 0x808080, false },   { "orange", 0xffa500, false },
};

static void color_table_is_whole(struct ktest *test)
{
	size_t count = 0;
	const struct color *table = color_table(&count);

	KTEST_ASSERT_EQ(test, count, ARRAY_SIZE(wanted));
	for (size_t i = 0; i < count; i++) {
		KTEST_EXPECT_STREQ(test, table[i].name, wanted[i].name);
		KTEST_EXPECT_EQ(test, table[i].rgb, wanted[i].rgb);
		KTEST_EXPECT_EQ(test, table[i].is_text, wanted[i].is_text);
	}
}

static void color_is_found_by_name(struct ktest *test)
{
	size_t count;
	const struct color *table = color_table(&count);

	for (size_t i = 0; i < ARRAY_SIZE(wanted); i++)
		KTEST_EXPECT(test, color_find(wanted[i].name) == &table[i]);
	KTEST_EXPECT(test, color_find("MaGenta") == &table[6]);
	KTEST_EXPECT(test, color_find("grey") == color_find("gray"));
	KTEST_EXPECT(test, color_find("GREY") == color_find("gray"));
	KTEST_EXPECT(test, color_find("grey") != NULL);
}

static void color_of_no_name_is_none(struct ktest *test)
{
	static const char *const names[] = { "",     "re",   "redd", " red",
					     "red ", "pink", "0" };

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		KTEST_EXPECT(test, color_find(names[i]) == NULL);
}

static const struct ktest_case color_cases[] = {
	KTEST_CASE(color_table_is_whole),
	KTEST_CASE(color_is_found_by_name),
	KTEST_CASE(color_of_no_name_is_none),
};
KTEST_SUITE_WITH(color, color_cases, .parent = "lib");
