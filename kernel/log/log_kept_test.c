/* SPDX-License-Identifier: MIT */
/*
 * Tests of the kernel's log while the timer's interrupts come at any point. A
 * sink of their own sees what is shown; on the other sinks these lines begin
 * with a '#', behind time and level. Each line's text follows from who says it
 * and its number, so that one of which a character is amiss is found.
 */
#include <arch/cpu.h>
#include <arch/irq.h>
#include <kernel/console.h>
#include <kernel/ktest.h>
#include <kernel/log.h>
#include <kernel/log_kept.h>
#include <kernel/util.h>
#include <lib/printf.h>
#include <lib/string.h>

#include "../time_watch.h"
#include "log_kept.h"

enum {
	TEXT_BYTES = 80,
	THREAD = 't',
	HANDLER = 'h',
	NUMBERS = 10000,
	TICKS_WANTED = 10,
	SHOWN_LINES_MAX = 500,
	SHOWN_TICKS = 3,
};

/* For a timer that never ticks. */
static const uint64_t patience_cycles = 5 * CPU_CYCLES_SECOND;

static struct log_filter shown_before;

static struct {
	char end[6]; /* the last characters of what came last */
	unsigned int lines, broken, counted;
	bool is_on, logs;
} seen;

static volatile unsigned int said_by_handler;
static volatile bool was_in_handler;

/* Text number @number of whoever it is. */
static void text_make(char *text, int who, unsigned int number)
{
	snprintf(text, TEXT_BYTES, "#log: %c%04u%0*u", who, number % NUMBERS,
		 (int)(1 + number % 50), number % NUMBERS);
}

static void say(int who, unsigned int number)
{
	log_write(LOG_INFO, "#log: %c%04u%0*u", who, number % NUMBERS,
		  (int)(1 + number % 50), number % NUMBERS);
}

/* Is it one of these lines, all of it? */
static bool is_whole(const char *text, size_t length)
{
	char wanted[TEXT_BYTES];
	unsigned int number = 0;

	if (length < 11)
		return false;
	for (size_t i = 7; i < 11; i++)
		number = number * 10 + (unsigned int)(text[i] - '0');
	text_make(wanted, text[6], number);
	return strlen(wanted) == length && memcmp(text, wanted, length) == 0;
}

/* A write is one line. */
static void look(const char *text, size_t length)
{
	size_t from = 0;

	if (!seen.is_on || length == 0)
		return;
	if (seen.logs) {
		seen.logs = false;
		say(THREAD, 77);
	}
	while (from < length && text[from] != '#')
		from++;
	seen.lines++;
	seen.broken += text[length - 1] != '\n' || from == length ||
		       !is_whole(text + from, length - 1 - from);
	memcpy(seen.end, text + (length < 5 ? 0 : length - 5),
	       length < 5 ? length : 5);
}

static const struct console_sink log_kept_test_sink = {
	.write = look,
};
CONSOLE_SINK(log_kept_test_sink);

/* Another one, which sees what is shown while the first one is at it. */
static void count(const char *text, size_t length)
{
	if (seen.is_on && length != 0)
		seen.counted += text[length - 1] == '\n';
}

static const struct console_sink log_kept_counting_sink = {
	.write = count,
};
CONSOLE_SINK(log_kept_counting_sink);

static void log_kept_prepare(struct ktest *test)
{
	(void)test;
	log_show();
	shown_before = log_shown;
	log_filter_set(&log_shown, "info,#log=info");
	memset(&seen, 0, sizeof(seen));
	said_by_handler = 0;
}

static void log_kept_clean_up(struct ktest *test)
{
	(void)test;
	time_watch = NULL;
	seen.is_on = false;
	log_show();
	log_shown = shown_before;
}

static void say_in_handler(void)
{
	was_in_handler = irq_in_handler();
	say(HANDLER, said_by_handler);
	said_by_handler++;
}

/* A tick each line that is painted may be too many for a small ring. */
static void say_a_few_in_handler(void)
{
	if (said_by_handler < SHOWN_TICKS)
		say_in_handler();
}

/* Wait for the handler to say so many more. */
static bool wait_for_handler(unsigned int count)
{
	const unsigned int wanted = said_by_handler + count;
	const uint64_t begin = cpu_cycles();

	while (said_by_handler < wanted) {
		if (cpu_cycles() - begin > patience_cycles)
			return false;
		cpu_relax();
	}
	return true;
}

#define LOG_NEEDS_TIMER(test)                                         \
	do {                                                          \
		if (!IS_ENABLED(CONFIG_PIT8254))                      \
			KTEST_SKIP(test, "no timer that interrupts"); \
	} while (0)

/* The handler's line is kept at once and shown later, by the thread. */
static void log_kept_from_a_handler(struct ktest *test)
{
	struct log_cursor cursor = log_end();
	struct log_line line;
	uint64_t missed;

	LOG_NEEDS_TIMER(test);
	seen.is_on = true;
	time_watch = say_in_handler;
	KTEST_ASSERT(test, wait_for_handler(1));
	time_watch = NULL;
	KTEST_EXPECT(test, was_in_handler);
	KTEST_EXPECT_EQ(test, seen.lines, 0);
	KTEST_ASSERT(test, log_line_next(&cursor, &line, false, &missed));
	KTEST_EXPECT(test, is_whole(line.module, line.record.length));
	log_show();
	KTEST_EXPECT_EQ(test, seen.lines, said_by_handler);
	KTEST_EXPECT_EQ(test, seen.broken, 0);
}

/* All that was kept behind a cursor is whole, and nothing is missing. */
static unsigned int expect_whole(struct ktest *test, struct log_cursor *cursor,
				 uint64_t *micros)
{
	unsigned int count = 0;
	struct log_line line;
	uint64_t missed;

	while (log_line_next(cursor, &line, false, &missed)) {
		KTEST_EXPECT_EQ(test, missed, 0);
		KTEST_EXPECT_LE(test, *micros, line.record.micros);
		if (!is_whole(line.module, line.record.length))
			KTEST_FAIL(test, "torn: %.*s", (int)line.length,
				   line.text);
		*micros = line.record.micros;
		count++;
	}
	return count;
}

/* The handler logs while the thread does, at whatever point of it. */
static void log_kept_is_not_torn(struct ktest *test)
{
	struct log_cursor cursor = log_end();
	const uint64_t begin = cpu_cycles();
	unsigned int said = 0, found = 0;
	uint64_t micros = 0;

	LOG_NEEDS_TIMER(test);
	log_filter_set(&log_shown, "#log=none");
	time_watch = say_in_handler;
	while (said_by_handler < TICKS_WANTED &&
	       cpu_cycles() - begin < patience_cycles) {
		say(THREAD, said++);
		found += expect_whole(test, &cursor, &micros);
	}
	time_watch = NULL;
	found += expect_whole(test, &cursor, &micros);
	KTEST_EXPECT_GE(test, said_by_handler, TICKS_WANTED);
	KTEST_EXPECT_EQ(test, found, said + said_by_handler);
}

/* Nor is a line on the console, which takes longer than a tick. */
static void log_kept_is_shown_whole(struct ktest *test)
{
	unsigned int said = 0;

	LOG_NEEDS_TIMER(test);
	seen.is_on = true;
	time_watch = say_a_few_in_handler;
	while (said_by_handler < SHOWN_TICKS && said < SHOWN_LINES_MAX)
		say(THREAD, said++);
	time_watch = NULL;
	log_show();
	KTEST_EXPECT_EQ(test, seen.lines, said + said_by_handler);
	KTEST_EXPECT_EQ(test, seen.broken, 0);
}

static void log_kept_filters(struct ktest *test)
{
	seen.is_on = true;
	log_write(LOG_DEBUG, "#log: a");
	KTEST_EXPECT_EQ(test, seen.lines, 0);
	log_filter_set(&log_shown, "warning,#log=debug");
	log_write(LOG_DEBUG, "#log: b");
	KTEST_EXPECT_EQ(test, seen.lines, 1);
	log_write(LOG_INFO, "#other: c");
	KTEST_EXPECT_EQ(test, seen.lines, 1);
	log_write(LOG_WARNING, "#other: d");
	KTEST_EXPECT_EQ(test, seen.lines, 2);
	log_filter_set(&log_shown, "#other=none");
	log_write(LOG_ERROR, "#other: e");
	KTEST_EXPECT_EQ(test, seen.lines, 2);
}

/* A sink that logs: its line comes after the one that it is writing. */
static void log_kept_from_a_sink(struct ktest *test)
{
	seen.is_on = true;
	seen.logs = true;
	say(THREAD, 1);
	KTEST_EXPECT_EQ(test, seen.lines, 1);
	KTEST_EXPECT_EQ(test, seen.counted, 1);
	log_show();
	KTEST_EXPECT_EQ(test, seen.lines, 2);
	KTEST_EXPECT_EQ(test, seen.counted, 2);
	KTEST_EXPECT_EQ(test, seen.broken, 0);
	KTEST_EXPECT_STREQ(test, seen.end, "0077\n");
}

static void log_kept_cuts(struct ktest *test)
{
	struct log_cursor cursor = log_end();
	struct log_line line;
	uint64_t missed;

	log_filter_set(&log_shown, "#log=none");
	log_write(LOG_INFO, "#log: %0*d", LOG_TEXT_MAX - 6, 1);
	log_write(LOG_INFO, "#log: %0*d", LOG_TEXT_MAX - 5, 1);
	KTEST_ASSERT(test, log_line_next(&cursor, &line, false, &missed));
	KTEST_EXPECT_EQ(test, line.length, LOG_TEXT_MAX + 1);
	KTEST_EXPECT_EQ(test, line.text[LOG_TEXT_MAX - 1], '1');
	KTEST_ASSERT(test, log_line_next(&cursor, &line, true, &missed));
	KTEST_EXPECT_EQ(test, line.record.length, LOG_TEXT_MAX);
	KTEST_EXPECT_EQ(test, line.module[LOG_TEXT_MAX - 1], '0');
	KTEST_EXPECT_EQ(test, line.text[line.length - 1], '\n');
}

/* More than there is room for: the oldest are gone, and that is told. */
static void log_kept_tells_what_was_dropped(struct ktest *test)
{
	const unsigned int many = CONFIG_LOG_RING_KIB * 1024 / 20;
	struct log_cursor cursor = log_end();
	struct log_line line;
	uint64_t missed;

	log_filter_set(&log_shown, "#log=none");
	for (unsigned int i = 0; i < many; i++)
		say(THREAD, i);
	KTEST_ASSERT(test, log_line_next(&cursor, &line, false, &missed));
	KTEST_EXPECT_GT(test, missed, many / 2);
	KTEST_EXPECT_LT(test, missed, many);
	KTEST_EXPECT(test, is_whole(line.module, line.record.length));
}

/* A prompt, or what else stands there: the line begins one of its own. */
static void log_kept_begins_a_line(struct ktest *test)
{
	if (!IS_ENABLED(CONFIG_SHELL))
		KTEST_SKIP(test, "nobody looks after half a line");
	console_printf("# half a line");
	seen.is_on = true;
	say(THREAD, 3);
	KTEST_EXPECT_EQ(test, seen.lines, 2); /* an end of line, and it */
	KTEST_EXPECT_EQ(test, seen.broken, 1);
	KTEST_EXPECT_STREQ(test, seen.end, "0003\n");
}

static const struct ktest_case log_kept_cases[] = {
	KTEST_CASE(log_kept_from_a_handler),
	KTEST_CASE(log_kept_is_not_torn),
	KTEST_CASE(log_kept_is_shown_whole),
	KTEST_CASE(log_kept_filters),
	KTEST_CASE(log_kept_from_a_sink),
	KTEST_CASE(log_kept_cuts),
	KTEST_CASE(log_kept_tells_what_was_dropped),
	KTEST_CASE(log_kept_begins_a_line),
};
KTEST_SUITE_WITH(log_kept, log_kept_cases, .parent = "log",
		 .setup = log_kept_prepare, .teardown = log_kept_clean_up);
