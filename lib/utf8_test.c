/* SPDX-License-Identifier: MIT */
/*
 * Tests of UTF-8.
 */
#include <kernel/ktest.h>
#include <lib/string.h>
#include <lib/utf8.h>

enum {
	CODES_MAX = 64,
	LAST_CODE = 0x10ffff,
	STEPS = 20000,
};

struct codes {
	uint32_t code[CODES_MAX];
	size_t count;
};

/* What the decoder makes of some bytes. */
static void decode(const uint8_t *bytes, size_t count, struct codes *codes)
{
	struct utf8_decoder decoder = { .left = 0 };
	enum utf8_result result = UTF8_MORE;

	codes->count = 0;
	for (size_t i = 0; i < count; i += result != UTF8_BAD_AGAIN) {
		uint32_t code = UTF8_REPLACEMENT;

		result = utf8_feed(&decoder, bytes[i], &code);
		if (result != UTF8_MORE)
			codes->code[codes->count++] = code;
	}
	if (utf8_is_within(&decoder))
		codes->code[codes->count++] = UTF8_REPLACEMENT;
}

/* The length of a code's form, by its definition. */
static size_t encode(uint32_t code, uint8_t *bytes)
{
	if (code < 0x80) {
		bytes[0] = (uint8_t)code;
		return 1;
	}
	if (code < 0x800) {
		bytes[0] = (uint8_t)(0xc0 | code >> 6);
		bytes[1] = 0x80 | (code & 0x3f);
		return 2;
	}
	if (code < 0x10000) {
		bytes[0] = (uint8_t)(0xe0 | code >> 12);
		bytes[1] = 0x80 | (code >> 6 & 0x3f);
		bytes[2] = 0x80 | (code & 0x3f);
		return 3;
	}
	bytes[0] = (uint8_t)(0xf0 | code >> 18);
	bytes[1] = 0x80 | (code >> 12 & 0x3f);
	bytes[2] = 0x80 | (code >> 6 & 0x3f);
	bytes[3] = 0x80 | (code & 0x3f);
	return 4;
}

static bool is_surrogate(uint32_t code)
{
	return code >= 0xd800 && code < 0xe000;
}

static void utf8_every_code_point(struct ktest *test)
{
	for (uint32_t code = 0; code <= LAST_CODE; code++) {
		uint8_t bytes[4];
		struct codes codes;

		if (is_surrogate(code))
			continue;
		decode(bytes, encode(code, bytes), &codes);
		if (codes.count != 1 || codes.code[0] != code) {
			KTEST_FAIL(test, "U+%04X", code);
			return;
		}
	}
}

#define R UTF8_REPLACEMENT

/* The standard's own examples, and what lies just outside of what is well
 * formed. */
static void utf8_malformed(struct ktest *test)
{
	static const struct {
		const char *bytes;
		uint32_t codes[12];
		size_t count;
	} cases[] = {
		{ "\xc0\xaf\xe0\x80\xbf\xf0\x81\x82"
		  "A",
		  { R, R, R, R, R, R, R, R, 'A' },
		  9 },
		{ "\xed\xa0\x80\xed\xbf\xbf\xed\xaf"
		  "A",
		  { R, R, R, R, R, R, R, R, 'A' },
		  9 },
		{ "\xf4\x91\x92\x93\xff"
		  "A\x80\xbf"
		  "B",
		  { R, R, R, R, R, 'A', R, R, 'B' },
		  9 },
		{ "\xe1\x80\xe2\xf0\x91\x92\xf1\xbf"
		  "A",
		  { R, R, R, R, 'A' },
		  5 },
		{ "\xc3\n\xe2\x82\033\xf0\x9f\x98"
		  "a",
		  { R, '\n', R, 033, R, 'a' },
		  6 },
		{ "\xc1\xbf\xf5\x80\xc2", { R, R, R, R, R }, 5 },
		{ "\xc3\xc3\xa9", { R, 0xe9 }, 2 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct codes codes;

		decode((const uint8_t *)cases[i].bytes, strlen(cases[i].bytes),
		       &codes);
		KTEST_EXPECT_EQ(test, codes.count, cases[i].count);
		KTEST_EXPECT_MEMEQ(test, codes.code, cases[i].codes,
				   cases[i].count * sizeof(uint32_t));
	}
}

/* The longest start of @bytes that is the start of a form of some code point,
 * by trying; and whether it is whole. */
static size_t subpart(const uint8_t *bytes, size_t count, bool *is_whole,
		      uint32_t *code)
{
	static const uint8_t leads[] = { 0, 0xc0, 0xe0, 0xf0 };
	size_t length = bytes[0] < 0x80   ? 1
			: bytes[0] < 0xe0 ? 2
			: bytes[0] < 0xf0 ? 3
					  : 4;
	size_t best = 0;

	*is_whole = false;
	*code = bytes[0] - leads[length - 1];
	for (size_t have = 1; have <= length && have <= count; have++) {
		uint8_t form[4];
		const uint32_t lowest = *code << 6 * (length - have);
		uint32_t last = lowest | ((1U << 6 * (length - have)) - 1);
		uint32_t first = lowest;
		bool fits = false;

		/* Does any code point of the range begin with these bytes? */
		if (last > LAST_CODE)
			last = LAST_CODE;
		while (first <= last && is_surrogate(first))
			first++;
		if (first <= last)
			fits = encode(last, form) == length &&
			       !is_surrogate(last);
		if (first <= last && encode(first, form) == length)
			fits = true;
		if (!fits || bytes[0] >= 0xf8)
			break;
		best = have;
		*is_whole = have == length;
		if (have < count && (bytes[have] & 0xc0) != 0x80)
			break;
		if (have < length && have < count)
			*code = *code << 6 | (bytes[have] & 0x3f);
	}
	return best;
}

static void utf8_at_random(struct ktest *test)
{
	static const uint8_t some[] = { 0x41, 0x80, 0x8f, 0x90, 0x9f, 0xa0,
					0xbf, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1,
					0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3,
					0xf4, 0xf5, 0xf8, 0xff, 0x0a, 0x7f };

	for (int step = 0; step < STEPS; step++) {
		uint8_t bytes[12];
		struct codes codes;
		size_t at = 0, seen = 0;

		for (size_t i = 0; i < sizeof(bytes); i++)
			bytes[i] = some[ktest_random(test) % sizeof(some)];
		decode(bytes, sizeof(bytes), &codes);
		while (at < sizeof(bytes)) {
			bool is_whole;
			uint32_t code;
			const size_t taken =
				subpart(bytes + at, sizeof(bytes) - at,
					&is_whole, &code);

			KTEST_ASSERT_EQ(test, codes.code[seen++],
					is_whole ? code : R);
			at += taken != 0 ? taken : 1;
		}
		KTEST_ASSERT_EQ(test, seen, codes.count);
	}
}

static const struct ktest_case utf8_cases[] = {
	KTEST_CASE(utf8_every_code_point),
	KTEST_CASE(utf8_malformed),
	KTEST_CASE(utf8_at_random),
};
KTEST_SUITE_WITH(utf8, utf8_cases, .parent = "lib");
