/* SPDX-License-Identifier: MIT */
/*
 * Tests of the sixteen colours.
 */
#include "vga_color.h"

#include <kernel/ktest.h>

static void vga_color_of_names(struct ktest *test)
{
	static const struct {
		uint32_t rgb;
		uint8_t color;
	} colors[] = {
		{ 0x000000, 0 },  { 0xffffff, 15 }, { 0xff0000, 4 },
		{ 0x00ff00, 2 },  { 0x0000ff, 1 },  { 0x00ffff, 11 },
		{ 0xffff00, 14 }, { 0xff00ff, 13 }, { 0x808080, 7 },
		{ 0xffa500, 6 },  { 0xaa5500, 6 },  { 0xcd0000, 4 },
		{ 0xe5e5e5, 15 }, { 0x7f7f7f, 8 },  { 0x5c5cff, 9 },
		{ 0x102030, 0 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(colors); i++)
		KTEST_EXPECT_EQ(test, vga_color_nearest(colors[i].rgb),
				colors[i].color);
}

static uint8_t attribute(uint32_t fg, uint32_t bg)
{
	return vga_color_attribute(text_cell_pen(fg, bg, 0) | 'x');
}

static void vga_color_attributes(struct ktest *test)
{
	KTEST_EXPECT_EQ(test, attribute(0xffffff, 0x000000), 0x0f);
	KTEST_EXPECT_EQ(test, attribute(0xaa0000, 0x0000aa), 0x14);
	KTEST_EXPECT_EQ(test, attribute(0x000000, 0xffffff), 0xf0);
	/* Two colours that are near the same. */
	KTEST_EXPECT_EQ(test, attribute(0x101010, 0x000000), 0x0f);
	KTEST_EXPECT_EQ(test, attribute(0xfefefe, 0xffffff), 0xf0);
	KTEST_EXPECT_EQ(test, attribute(0x505050, 0x555555), 0x8f);
	KTEST_EXPECT_EQ(test, attribute(0xabababU, 0xaaaaaa), 0x70);
	KTEST_EXPECT_EQ(test, attribute(0xaa0000, 0xaa0000), 0x44);
	/* A space has but one, its cursor another. */
	KTEST_EXPECT_EQ(
		test,
		vga_color_attribute(text_cell_space(text_cell_pen(1, 0, 0))),
		0x0f);
}

static const struct ktest_case vga_color_cases[] = {
	KTEST_CASE(vga_color_of_names),
	KTEST_CASE(vga_color_attributes),
};
KTEST_SUITE_WITH(vga_color, vga_color_cases, .parent = "video");
