/* SPDX-License-Identifier: MIT */
/*
 * Tests of the terminal as a whole: streams as programs write them, broken
 * ones, and random bytes against the second terminal of terminal_model.h.
 */
#include "terminal_fixture.h"

enum {
#ifdef KTEST_HOST
	RANDOM_BYTES = 1000000,
#else
	RANDOM_BYTES = 50000,
#endif
	PIECE_MAX = 64,
};

/* A last message stands alone, whatever state the text has left. */
static void terminal_takes_over(struct ktest *test)
{
	static const char *const before[] = {
		"\033]0;x", "\033P", "\033[3",      "\033[3;4r\033[4;1H",
		"\033_",    "\033X", "\033[30;40m", "\033[?7l\033[5;13H",
	};

	for (size_t i = 0; i < ARRAY_SIZE(before); i++) {
		terminal_prepare(test);
		feed_text(test, "1\n2\n3\n4\n5\n6\n7\033[2;1H");
		text_terminal_write(&terminal, before[i], strlen(before[i]));
		text_terminal_take_over(&terminal);
		text_terminal_write(&terminal, "\nlast", 5);
		KTEST_EXPECT(test, text_terminal_check(&terminal));
		KTEST_EXPECT_EQ(test, grid.region.to, MODEL_ROWS);
		KTEST_EXPECT(test, !terminal.is_nowrap);
		KTEST_EXPECT_EQ(test, text_grid_row(&grid, 0)->cells[0],
				text_cell_pen(TERMINAL_FG, TERMINAL_BG, 0) |
					'1');
		KTEST_EXPECT_EQ(
			test, text_grid_row(&grid, (int)grid.y)->cells[3],
			text_cell_pen(TERMINAL_FG, TERMINAL_BG, 0) | 't');
		for (uint32_t y = grid.y + 1; y < MODEL_ROWS; y++)
			KTEST_EXPECT_EQ(test,
					text_grid_row(&grid, (int)y)->cells[0],
					grid.erase);
	}
}

/* As vttest and full-screen programs do it. */
static void terminal_streams(struct ktest *test)
{
	static const struct terminal_script scripts[] = {
		/* A frame, drawn from the corners. */
		{ "\033[2J\033[1;1H+\033[1;13H+\033[7;1H+\033[7;13H+"
		  "\033[4;4Hmiddle",
		  "+           +\n\n\n   middle\n\n\n+           +", 4, 10 },
		/* A progress bar that is written over itself. */
		{ "10%\r20%\r\033[K100%", "100%", 1, 5 },
		/* A status line below a region that scrolls. */
		{ "\033[7;1Hstatus\033[1;6r\033[6;1Ha\nb\nc",
		  "\n\n\na\nb\nc\nstatus", 6, 2 },
		/* Autowrap at the lower right corner of a region. */
		{ "\033[2;3r\033[3;13Hxy", "\n            x\ny", 3, 2 },
		/* A menu: a line inverse, then another. */
		{ "one\ntwo\033[1;1H\033[7mone\033[m\033[2;1Htwo", "one\ntwo",
		  2, 4 },
		/* The line editor of the shell takes back a wrapped line. */
		{ "0123456789abcd\b \b\b \b\b \b", "0123456789a", 1, 12 },
		{ "a\tb\tc", "a       b\nc", 2, 2 },
		{ "a\vb\fc", "a\nb\nc", 3, 2 },
		{ "\033[3;3Hx\033cy", "y", 1, 2 },
		/* Repetition, tabs, a soft reset. */
		{ "ab\033[3b\033[mc\033[b", "abbbbcc", 1, 8 },
		{ "\033[9b\033[41mx\033[14b", "xxxxxxxxxxxxx\nxx", 2, 3 },
		{ "a\033[I\033[Ib\033[Zc\033[9Zd", "d       c   b", 1, 2 },
		{ "0123456789\033[Zx\033[2Zy", "y1234567x9", 1, 2 },
		{ "\033[3;4r\033[?6h\033[?7l\033[41ma\033[!p\033[1;1Hb",
		  "b\n\na", 1, 2 },
		{ "\033[41;2;4r\033[?6h\033[?7l\033[?25l\033cy", "y", 1, 2 },
	};

	EXPECT_SCRIPTS(test, scripts);
}

/* What is not known does nothing, what is broken harms nothing. */
static void terminal_takes_anything(struct ktest *test)
{
	static const struct terminal_script scripts[] = {
		{ "a\033(Bb\033)0c\033#7d\033=e\033>f\033 Gg", "abcdefg", 1,
		  8 },
		{ "a\033[5nb\033[ch\033[0 qc\033[!pd", "abhcd", 1, 6 },
		{ "a\033]0;title\007b\033]2;x\033\\c\033]8;;\030d", "abcd", 1,
		  5 },
		{ "a\033Pq#0\007still\033\\b\033_x\033\\c\033^y\033\\d"
		  "\033Xz\033\\e",
		  "abcde", 1, 6 },
		{ "a\033]text\nwith\tcontrols\177\200\033\\b", "ab", 1, 3 },
		{ "a\033[3\030b\033[4\032c\033\030d", "abcd", 1, 5 },
		{ "a\033[3\033[2Cb", "a  b", 1, 5 },
		{ "a\033\033\033[2Cb", "a  b", 1, 5 },
		/* Control characters within a sequence are obeyed. */
		{ "a\033[2\nCb", "a\n  b", 2, 4 },
		{ "ab\033[2\b;4\rHx", "ab\n   x", 2, 5 },
		{ "a\033\nDb", "a\n\nb", 3, 2 },
		{ "a\033[2\177Cb", "a  b", 1, 5 },
		/* A prefix that comes late, numbers behind a blank. */
		{ "a\033[2?5Cb\033[ 2Cc\033[2 3Cd", "abcd", 1, 5 },
		{ "a\033[?2Cb\033[>2Cc\033[<1Cd\033[=1Ce", "abcde", 1, 6 },
		{ "a\033[0?2Cb", "ab", 1, 3 },
		/* A glyph that no sequence has ends it. */
		{ "a\033[2\200Cb", "a\200Cb", 1, 5 },
		{ "a\033\200b", "a\200b", 1, 4 },
		{ "\033[1;2;3;4;5;6;7;8;9;10;11;12;13;14;15;16;17;18;19;20;21;"
		  "22;23;24;25;26;27;28;29;30;31;32;33;34;35;36;37;38;39Hx",
		  " x", 1, 3 },
		{ "\177\001\016\017x\a", "x", 1, 2 },
	};

	EXPECT_SCRIPTS(test, scripts);
}

/* Sequences without an end: nothing grows, and CAN ends them. */
static void terminal_endless_sequences(struct ktest *test)
{
	static const char *const begins[] = { "\033[", "\033]", "\033P",
					      "\033[?", "\033(" };

	for (size_t i = 0; i < ARRAY_SIZE(begins); i++) {
		terminal_prepare(test);
		text_terminal_write(&terminal, begins[i], strlen(begins[i]));
		for (int n = 0; n < 20000; n++)
			text_terminal_write(&terminal, "1;:9", i == 4 ? 0 : 4);
		KTEST_EXPECT(test, text_terminal_check(&terminal));
		text_terminal_write(&terminal, "\030x", 2);
		KTEST_EXPECT_EQ(
			test,
			text_cell_glyph(text_grid_row(&grid, 0)->cells[0]),
			'x');
	}
}

static void terminal_aligns(struct ktest *test)
{
	KTEST_EXPECT(test, feed_text(test, "\033[2;3r\033[41;4m\033#8"));
	for (int32_t row = 0; row < MODEL_ROWS; row++) {
		for (uint32_t x = 0; x < MODEL_COLUMNS; x++)
			KTEST_EXPECT_EQ(
				test, text_grid_row(&grid, row)->cells[x],
				text_cell_pen(TERMINAL_FG, TERMINAL_BG, 0) |
					'E');
	}
	KTEST_EXPECT_EQ(test, grid.x + grid.y, 0);
	KTEST_EXPECT_EQ(test, grid.region.to, MODEL_ROWS);
	KTEST_EXPECT(test, feed_text(test, "x"));
}

static void terminal_colors(struct ktest *test)
{
	text_terminal_set_colors(&terminal, 0xff010203, 0xff040506);
	model.fg = 0x010203;
	model.bg = 0x040506;
	KTEST_EXPECT(test, feed_text(test, "a\033[7mb\033[Kc\033[31md"));
	KTEST_EXPECT_EQ(test, text_grid_row(&grid, 0)->cells[0],
			text_cell_pen(0x010203, 0x040506, 0) | 'a');
}

static void terminal_puts_glyphs(struct ktest *test)
{
	text_terminal_put(&terminal, 0x123);
	text_terminal_write(&terminal, "\033[", 2);
	text_terminal_put(&terminal, 0x124);
	text_terminal_write(&terminal, "2C\033]", 4);
	text_terminal_put(&terminal, 0x125);
	text_terminal_write(&terminal, "\033\\x", 3);
	KTEST_EXPECT_EQ(test, text_cell_glyph(grid.ring[0].cells[0]), 0x123);
	KTEST_EXPECT_EQ(test, text_cell_glyph(grid.ring[0].cells[1]), 0x124);
	KTEST_EXPECT_EQ(test, text_cell_glyph(grid.ring[0].cells[2]), '2');
	KTEST_EXPECT_EQ(test, text_cell_glyph(grid.ring[0].cells[4]), 'x');
}

/* ---- Random bytes ------------------------------------------------------- */

static size_t add_number(struct ktest *test, char *text)
{
	static const char *const numbers[] = {
		"",  "0", "1",  "2",  "3",  "4", "5",     "6",  "7", "12",
		"9", "7", "25", "38", "48", "5", "65536", "99", "2", "1049",
	};
	const char *number = numbers[ktest_random(test) % ARRAY_SIZE(numbers)];

	memcpy(text, number, strlen(number));
	return strlen(number);
}

/* ESC [, numbers, a final byte: mostly one that does something. */
static size_t add_csi(struct ktest *test, char *text)
{
	static const char finals[] = "@ABCDEFGHIJKLMPSTXZ`abdefmrsuhlmmmmHHrr";
	size_t length = 2;

	memcpy(text, "\033[", 2);
	if (ktest_random(test) % 6 == 0)
		text[length++] = '?';
	for (uint32_t i = ktest_random(test) % 6; i > 0; i--) {
		length += add_number(test, text + length);
		text[length++] = ktest_random(test) % 5 == 0 ? ':' : ';';
	}
	length += add_number(test, text + length);
	if (ktest_random(test) % 20 == 0)
		text[length++] = (char)(' ' + ktest_random(test) % 96);
	text[length++] = finals[ktest_random(test) % (sizeof(finals) - 1)];
	return length;
}

static size_t make_piece(struct ktest *test, char *text)
{
	static const char escapes[] = "78DEMc[](P_^X\\#";
	static const char controls[] = "\n\n\n\r\t\b\b\a\v\f\030\032\033";
	size_t length = 0;

	switch (ktest_random(test) % 8) {
	case 0:
	case 1:
	case 2:
		return add_csi(test, text);
	case 3:
		text[0] = '\033';
		text[1] = escapes[ktest_random(test) % (sizeof(escapes) - 1)];
		text[2] = '8';
		return text[1] == '#' ? 3 : 2;
	case 4:
		text[0] = controls[ktest_random(test) % (sizeof(controls) - 1)];
		return 1;
	case 5:
		for (; length < ktest_random(test) % PIECE_MAX; length++)
			text[length] = (char)ktest_random(test);
		return length;
	default:
		for (; length < ktest_random(test) % PIECE_MAX; length++)
			text[length] = (char)('a' + ktest_random(test) % 26);
		return length;
	}
}

static void feed_at_random(struct ktest *test)
{
	for (size_t done = 0; done < RANDOM_BYTES / 2;) {
		char text[PIECE_MAX + 16];
		const size_t length = make_piece(test, text);

		KTEST_ASSERT(test, feed_bytes(test, text, length));
		done += length + 1;
		/* Strings would swallow most of it. */
		if (ktest_random(test) % 8 == 0)
			KTEST_ASSERT(test, feed_text(test, "\033\\"));
		if (ktest_random(test) % 64 == 0)
			terminal_clear();
		if (ktest_random(test) % 8 == 0)
			text_view_blank_below(&view);
	}
}

/* On both kinds of display. */
static void terminal_at_random(struct ktest *test)
{
	feed_at_random(test);
	terminal_prepare_on(test, true);
	feed_at_random(test);
}

static const struct ktest_case terminal_cases[] = {
	KTEST_CASE(terminal_streams),
	KTEST_CASE(terminal_takes_anything),
	KTEST_CASE(terminal_takes_over),
	KTEST_CASE(terminal_endless_sequences),
	KTEST_CASE(terminal_aligns),
	KTEST_CASE(terminal_colors),
	KTEST_CASE(terminal_puts_glyphs),
	KTEST_CASE(terminal_at_random),
};
KTEST_SUITE_WITH(text_terminal, terminal_cases, .parent = "video",
		 .setup = terminal_prepare);
