/* SPDX-License-Identifier: MIT */
/*
 * Tests of the console, through a sink that keeps what it is given. What is
 * written shows on the other sinks, too: lines that begin with '#'.
 */
#include <kernel/console.h>
#include <kernel/ktest.h>
#include <kernel/log.h>
#include <kernel/util.h>
#include <lib/string.h>

enum {
	KEPT_BYTES = 64,
};

static struct {
	bool is_on;
	char text[KEPT_BYTES];
	size_t length;
	unsigned int clears;
	uint32_t rgb;
} kept;

static void keep(const char *text, size_t length)
{
	if (!kept.is_on || kept.length + length >= KEPT_BYTES)
		return;
	memcpy(kept.text + kept.length, text, length);
	kept.length += length;
}

static void count_clear(void)
{
	kept.clears++;
}

static void keep_color(uint32_t rgb)
{
	kept.rgb = rgb;
}

static const struct console_sink console_test_sink = {
	.write = keep,
	.clear = count_clear,
	.set_color = keep_color,
};
CONSOLE_SINK(console_test_sink);

static void console_prepare(struct ktest *test)
{
	(void)test;
	memset(&kept, 0, sizeof(kept));
}

static void expect_kept(struct ktest *test, const char *wanted)
{
	kept.is_on = false;
	KTEST_EXPECT_STREQ(test, kept.text, wanted);
}

static void console_gives_text_to_sinks(struct ktest *test)
{
	kept.is_on = true;
	console_write("# text\n and more", 7);
	console_put_char('#');
	console_printf("%d %s\n", 42, "words");
	expect_kept(test, "# text\n#42 words\n");
}

/* Behind the time, where it is told. */
static void expect_line(struct ktest *test, const char *wanted)
{
	const size_t length = strlen(wanted);

	kept.is_on = false;
	KTEST_ASSERT_GE(test, kept.length, length);
	KTEST_EXPECT_STREQ(test, kept.text + kept.length - length, wanted);
	if (!IS_ENABLED(CONFIG_LOG_TIMESTAMPS))
		KTEST_EXPECT_EQ(test, kept.length, length);
}

static void console_log_lines(struct ktest *test)
{
	kept.is_on = true;
	log_info("# module: %d", 7);
	expect_line(test,
		    CONFIG_LOG_LEVEL_MAX < LOG_INFO ? "" : "# module: 7\n");
	console_prepare(test);
	kept.is_on = true;
	log_warn("module: %d", 8);
	expect_line(test, CONFIG_LOG_LEVEL_MAX < LOG_WARNING
				  ? ""
				  : "warning: module: 8\n");
	console_prepare(test);
	kept.is_on = true;
	log_error("module: %d", 9);
	expect_line(test, "error: module: 9\n");
}

/* Nor are the arguments of a line that is not built in computed. */
static void console_debug_lines(struct ktest *test)
{
	const bool is_built = CONFIG_LOG_LEVEL_MAX >= LOG_DEBUG;
	int computed = 0;

	kept.is_on = true;
	log_debug("module: %d", ++computed);
	expect_line(test, !is_built || IS_ENABLED(CONFIG_LOG_RING)
				  ? ""
				  : "debug: module: 1\n");
	KTEST_EXPECT_EQ(test, computed, is_built);
}

static const char *replayed;
static size_t replayed_bytes;

static void note(const char *text, size_t length)
{
	replayed = text;
	replayed_bytes = length;
}

/* The boot log from its beginning on: the line that init/main.c says first. */
static void console_replays_the_beginning(struct ktest *test)
{
	static const struct console_sink sink = { .write = note };
	static const char first[] = "Tessera " TESSERA_VERSION " ";
	size_t at = 0;

	if (CONFIG_LOG_LEVEL_MAX < LOG_INFO)
		KTEST_SKIP(test, "nothing is said of the boot");
	console_replay(&sink);
	KTEST_ASSERT_GT(test, replayed_bytes, sizeof(first));
	KTEST_EXPECT_LE(test, replayed_bytes, 2048);
	while (at < replayed_bytes - sizeof(first) &&
	       memcmp(replayed + at, first, sizeof(first) - 1) != 0)
		at++;
	KTEST_EXPECT_LT(test, at, 400); /* more with names of places */
}

static void console_colors_reach_sinks(struct ktest *test)
{
	console_set_color(0xff00ff);
	KTEST_EXPECT_EQ(test, kept.rgb, 0xff00ff);
	console_set_color(0xffffff);
	KTEST_EXPECT_EQ(test, kept.rgb, 0xffffff);
	KTEST_EXPECT_EQ(test, kept.clears, 0);
}

static const struct ktest_case console_cases[] = {
	KTEST_CASE(console_gives_text_to_sinks),
	KTEST_CASE(console_log_lines),
	KTEST_CASE(console_debug_lines),
	KTEST_CASE(console_replays_the_beginning),
	KTEST_CASE(console_colors_reach_sinks),
};
KTEST_SUITE_WITH(console, console_cases, .parent = "kernel",
		 .setup = console_prepare);
