/* SPDX-License-Identifier: MIT */
/*
 * Tests of the invariants of a terminal: each breach is seen.
 */
#include "terminal_fixture.h"

static void terminal_check_sees_what_is_wrong(struct ktest *test)
{
	KTEST_EXPECT(test, text_terminal_check(&terminal));
	terminal.fg = 1 << 24;
	KTEST_EXPECT(test, !text_terminal_check(&terminal));
	terminal.fg = 0;
	terminal.bg = 1 << 24;
	KTEST_EXPECT(test, !text_terminal_check(&terminal));
	terminal.bg = 0;
	terminal.style.fg = TEXT_COLOR_INDEX | 256;
	KTEST_EXPECT(test, !text_terminal_check(&terminal));
	terminal.style.fg = TEXT_COLOR_DEFAULT + 1;
	KTEST_EXPECT(test, !text_terminal_check(&terminal));
	terminal.style.fg = TEXT_COLOR_INDEX | 255;
	terminal.style.bg = TEXT_COLOR_INDEX | 256;
	KTEST_EXPECT(test, !text_terminal_check(&terminal));
	terminal.style.bg = 0;
	terminal.saved.x = MODEL_COLUMNS + 1;
	KTEST_EXPECT(test, !text_terminal_check(&terminal));
	terminal.saved.x = MODEL_COLUMNS;
	terminal.saved.y = MODEL_ROWS;
	KTEST_EXPECT(test, !text_terminal_check(&terminal));
	terminal.saved.y = 0;
	terminal.parser.sequence.count = ANSI_VALUES_MAX + 2;
	KTEST_EXPECT(test, !text_terminal_check(&terminal));
	terminal.parser.sequence.count = 0;
	terminal.last = TEXT_CELL_GLYPH_MASK + 1;
	KTEST_EXPECT(test, !text_terminal_check(&terminal));
	terminal.last = 0;
	terminal.grid->y = MODEL_ROWS;
	KTEST_EXPECT(test, !text_terminal_check(&terminal));
	terminal.grid->y = 0;
	KTEST_EXPECT(test, text_terminal_check(&terminal));
}

static const struct ktest_case text_terminal_check_cases[] = {
	KTEST_CASE(terminal_check_sees_what_is_wrong),
};
KTEST_SUITE_WITH(text_terminal_check, text_terminal_check_cases,
		 .parent = "video", .setup = terminal_prepare);
