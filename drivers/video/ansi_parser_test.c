/* SPDX-License-Identifier: MIT */
/*
 * Tests of the parser of control sequences: the events of a text.
 */
#include <kernel/ktest.h>
#include <lib/string.h>
#include <video/ansi_parser.h>

static struct ansi_parser parser;

static void ansi_prepare(struct ktest *test)
{
	(void)test;
	ansi_parser_init(&parser);
}

/* A letter an event: . nothing, g glyph, c control, e escape, s sequence. */
static void expect_events(struct ktest *test, const char *text,
			  const char *wanted)
{
	char events[64] = { '\0' };

	for (size_t i = 0; text[i] != '\0' && i < sizeof(events) - 1; i++)
		events[i] =
			".gces"[ansi_parser_feed(&parser, (uint8_t)text[i])];
	KTEST_EXPECT_STREQ(test, events, wanted);
}

static void ansi_events(struct ktest *test)
{
	static const struct {
		const char *text, *events;
	} cases[] = {
		{ "ab \n~\177\200\377", "gggcg.gg" },
		{ "\033[A\033[1;2Hx", "..s.....sg" },
		{ "\033Dx\0337\033(Bx", ".eg.e..eg" },
		{ "\033]0;t\007x", "......g" },
		{ "\033]0;t\033\\x\033\\", "......eg.e" },
		{ "\033P\007\n\200a\033\\x", ".......eg" },
		{ "\033[1\nAx", "...csg" },
		{ "\033[1\030Ax\033\032Ax", "....gg..gg" },
		{ "\033[1\033[Ax", ".....sg" },
		{ "\033[1\200Ax", "...ggg" },
		{ "\033[1?Ax\033[ 1Ax\033[1 Ax", ".....g.....g....sg" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		ansi_prepare(test);
		expect_events(test, cases[i].text, cases[i].events);
	}
}

static void ansi_values(struct ktest *test)
{
	const struct ansi_sequence *sequence = &parser.sequence;

	expect_events(test, "\033[?1;;23:4 p", "...........s");
	KTEST_EXPECT_EQ(test, sequence->prefix, '?');
	KTEST_EXPECT_EQ(test, sequence->intermediate, ' ');
	KTEST_EXPECT_EQ(test, sequence->final, 'p');
	KTEST_EXPECT_EQ(test, sequence->count, 4);
	KTEST_EXPECT_EQ(test, ansi_value(sequence, 0, 9), 1);
	KTEST_EXPECT_EQ(test, ansi_value(sequence, 1, 9), 9);
	KTEST_EXPECT_EQ(test, ansi_value(sequence, 2, 9), 23);
	KTEST_EXPECT_EQ(test, ansi_value(sequence, 3, 9), 4);
	KTEST_EXPECT_EQ(test, ansi_value(sequence, 4, 9), 9);
	KTEST_EXPECT_EQ(test, sequence->joined, 1 << 3);
	expect_events(test, "\033[H", "..s");
	KTEST_EXPECT_EQ(test, sequence->count, 1);
	KTEST_EXPECT_EQ(test, sequence->prefix, 0);
	KTEST_EXPECT_EQ(test, sequence->joined, 0);
}

static void ansi_large_values(struct ktest *test)
{
	expect_events(test, "\033[65534;65535;65536;4294967297m",
		      "..............................s");
	KTEST_EXPECT_EQ(test, parser.sequence.values[0], 65534);
	KTEST_EXPECT_EQ(test, parser.sequence.values[1], 65535);
	KTEST_EXPECT_EQ(test, parser.sequence.values[2], 65535);
	KTEST_EXPECT_EQ(test, parser.sequence.values[3], 65535);
}

/* The 32nd value is the last one; what follows is not added to it. */
static void ansi_many_values(struct ktest *test)
{
	expect_events(test, "\033[", "..");
	for (int i = 0; i < 100; i++)
		expect_events(test, "5:", "..");
	expect_events(test, "7m", ".s");
	KTEST_EXPECT_EQ(test, parser.sequence.count, ANSI_VALUES_MAX);
	KTEST_EXPECT_EQ(test, parser.sequence.values[ANSI_VALUES_MAX - 1], 5);
	KTEST_EXPECT_EQ(test, parser.sequence.joined, 0xfffffffe);
}

static const struct ktest_case ansi_cases[] = {
	KTEST_CASE(ansi_events),
	KTEST_CASE(ansi_values),
	KTEST_CASE(ansi_large_values),
	KTEST_CASE(ansi_many_values),
};
KTEST_SUITE_WITH(ansi_parser, ansi_cases, .parent = "video",
		 .setup = ansi_prepare);
