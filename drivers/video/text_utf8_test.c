/* SPDX-License-Identifier: MIT */
/*
 * Tests of text in UTF-8, through a target that writes down what it gets.
 */
#include "text_utf8.h"

#include <kernel/ktest.h>
#include <lib/string.h>

static struct text_utf8 utf8;
static char got[256]; /* ASCII as it is, a glyph as {number} */
static bool has_replacement;

static void get_text(void *context, const char *text, size_t length)
{
	(void)context;
	memcpy(got + strlen(got), text, length);
}

static void get_glyph(void *context, uint32_t glyph)
{
	char text[] = "{00000}";

	(void)context;
	for (int i = 5; i > 0; i--) {
		text[i] = (char)('0' + glyph % 10);
		glyph /= 10;
	}
	memcpy(got + strlen(got), text, sizeof(text) - 1);
}

/* A font with a few characters. */
static int32_t glyph_of(uint32_t code_point)
{
	switch (code_point) {
	case 0xe9:
		return 130;
	case 0x2500:
		return 196;
	case 0x1f600:
		return 16383;
	case 0x1f601:
		return 16384;
	case UTF8_REPLACEMENT:
		return has_replacement ? 254 : -ENOENT;
	default:
		return -ENOENT;
	}
}

static struct text_target target = { .write = get_text, .put = get_glyph };

static void utf8_prepare(struct ktest *test)
{
	(void)test;
	memset(got, 0, sizeof(got));
	utf8 = (struct text_utf8){ .glyph_of = glyph_of };
	has_replacement = true;
	target.obeys_escapes = false;
}

/* In one piece, and byte by byte. */
static void expect(struct ktest *test, const char *text, const char *wanted)
{
	memset(got, 0, sizeof(got));
	text_utf8_write(&utf8, &target, text, strlen(text));
	KTEST_EXPECT_STREQ(test, got, wanted);
	memset(got, 0, sizeof(got));
	for (const char *at = text; *at != '\0'; at++)
		text_utf8_write(&utf8, &target, at, 1);
	KTEST_EXPECT_STREQ(test, got, wanted);
}

static void utf8_glyphs(struct ktest *test)
{
	expect(test, "plain\n\033[m", "plain\n\033[m");
	expect(test, "caf\xc3\xa9!", "caf{00130}!");
	expect(test, "\xe2\x94\x80\xf0\x9f\x98\x80", "{00196}{16383}");
	/* What the font lacks, and what no cell has room for. */
	expect(test,
	       "a\xe2\x82\xac"
	       "b\xf0\x9f\x98\x81",
	       "a{00254}b{00254}");
	has_replacement = false;
	expect(test,
	       "a\xe2\x82\xac"
	       "b",
	       "a{00063}b");
}

static void utf8_faults(struct ktest *test)
{
	expect(test, "\xc3(\xe2\x82\n\xff", "{00254}({00254}\n{00254}");
	expect(test, "\xe2\x94\033[m\x80", "{00254}\033[m{00254}");
}

/* U+009B is the beginning of a control sequence to a terminal alone. */
static void utf8_controls(struct ktest *test)
{
	expect(test,
	       "\xc2\x9b"
	       "1m",
	       "{00254}1m");
	target.obeys_escapes = true;
	expect(test,
	       "\xc2\x9b"
	       "1m\xc2\xa0",
	       "\033[1m{00254}");
}

static const struct ktest_case utf8_cases[] = {
	KTEST_CASE(utf8_glyphs),
	KTEST_CASE(utf8_faults),
	KTEST_CASE(utf8_controls),
};
KTEST_SUITE_WITH(text_utf8, utf8_cases, .parent = "video",
		 .setup = utf8_prepare);
