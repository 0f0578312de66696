/* SPDX-License-Identifier: MIT */
/*
 * Tests of the functions on bytes and text. The parentheses around their names
 * keep the compiler from putting its own in their place.
 */
#include <kernel/ktest.h>
#include <lib/string.h>

enum {
	BYTES = 48,
	SIZE_MAX_TRIED = 26, /* three words and some bytes */
	GUARD = 0xee,
	LARGE = 1000,
};

static uint8_t to[BYTES], from[BYTES], before[BYTES];

static void string_prepare(struct ktest *test)
{
	(void)test;
	for (size_t i = 0; i < BYTES; i++) {
		to[i] = GUARD;
		from[i] = (uint8_t)(i + 1);
	}
}

/* Sizes around that of a word, at every offset of both ends to a word. */
static void string_memcpy(struct ktest *test)
{
	for (size_t at = 0; at < 8 * 8 * SIZE_MAX_TRIED; at++) {
		const size_t size = at / 64;
		uint8_t *const start = to + 8 + at % 8;
		const uint8_t *const source = from + at / 8 % 8;

		string_prepare(test);
		KTEST_ASSERT(test, (memcpy)(start, source, size) == start);
		KTEST_ASSERT_MEMEQ(test, start, source, size);
		KTEST_ASSERT_EQ(test, start[-1], GUARD);
		KTEST_ASSERT_EQ(test, start[size], GUARD);
	}
}

static void move_once(struct ktest *test, size_t target, size_t source,
		      size_t size)
{
	for (size_t i = 0; i < BYTES; i++)
		to[i] = before[i] = (uint8_t)(i + 1);
	KTEST_ASSERT(test,
		     (memmove)(to + target, to + source, size) == to + target);
	for (size_t i = 0; i < BYTES; i++) {
		const bool moved = i >= target && i < target + size;

		KTEST_ASSERT_EQ(test, to[i],
				before[moved ? i - target + source : i]);
	}
}

/* Ends that overlap in either direction, touch, or are the same. */
static void string_memmove(struct ktest *test)
{
	for (size_t size = 0; size < SIZE_MAX_TRIED - 4; size++) {
		for (size_t target = 0; target < SIZE_MAX_TRIED; target++)
			move_once(test, target, 12, size);
	}
}

static void string_memset(struct ktest *test)
{
	for (size_t at = 0; at < 8 * SIZE_MAX_TRIED; at++) {
		const size_t size = at / 8;
		uint8_t *const start = to + 8 + at % 8;

		string_prepare(test);
		KTEST_ASSERT(test, (memset)(start, 0x15a, size) == start);
		for (size_t i = 0; i < size; i++)
			KTEST_ASSERT_EQ(test, start[i], 0x5a);
		KTEST_ASSERT_EQ(test, start[-1], GUARD);
		KTEST_ASSERT_EQ(test, start[size], GUARD);
	}
}

/* Large ones, which have a choice of two ways. */
static void string_of_large_sizes(struct ktest *test)
{
	static uint8_t large[2][LARGE];
	const size_t fill_from = string_fill_from();
	const size_t copy_from = string_copy_from();

	for (size_t from_size = 0; from_size < 2; from_size++) {
		string_choose(from_size * LARGE, from_size * LARGE);
		KTEST_EXPECT_EQ(test, string_fill_from(), from_size * LARGE);
		KTEST_EXPECT_EQ(test, string_copy_from(), from_size * LARGE);
		for (size_t i = 0; i < LARGE; i++)
			large[0][i] = (uint8_t)(i * 5);
		(memset)(large[1], 0, LARGE);
		(memcpy)(large[1] + 3, large[0] + 1, LARGE - 4);
		KTEST_EXPECT_MEMEQ(test, large[1] + 3, large[0] + 1, LARGE - 4);
		(memmove)(large[1] + 1, large[0] + 2, LARGE - 4);
		KTEST_EXPECT_MEMEQ(test, large[1] + 1, large[0] + 2, LARGE - 4);
		(memset)(large[1] + 1, 0x33, LARGE - 2);
		for (size_t i = 1; i < LARGE - 1; i++)
			KTEST_ASSERT_EQ(test, large[1][i], 0x33);
		KTEST_EXPECT_EQ(test, large[1][0] + large[1][LARGE - 1], 0);
	}
	string_choose(fill_from, copy_from);
}

static void string_memcmp(struct ktest *test)
{
	KTEST_EXPECT_EQ(test, (memcmp)("abc", "abc", 3), 0);
	KTEST_EXPECT_EQ(test, (memcmp)("abx", "aby", 2), 0);
	KTEST_EXPECT_EQ(test, (memcmp)("a", "b", 0), 0);
	KTEST_EXPECT_LT(test, (memcmp)("abc", "abd", 3), 0);
	KTEST_EXPECT_GT(test, (memcmp)("abd", "abc", 3), 0);
	KTEST_EXPECT_LT(test, (memcmp)("ab", "ba", 2), 0);
	KTEST_EXPECT_GT(test, (memcmp)("\xff", "\x01", 1), 0);
	KTEST_EXPECT_LT(test, (memcmp)("a\0b", "a\0c", 3), 0);
}

static void string_strlen(struct ktest *test)
{
	KTEST_EXPECT_EQ(test, strlen(""), 0);
	KTEST_EXPECT_EQ(test, strlen("a"), 1);
	KTEST_EXPECT_EQ(test, strlen("abc\0def"), 3);
}

static void string_strcmp(struct ktest *test)
{
	KTEST_EXPECT_EQ(test, strcmp("", ""), 0);
	KTEST_EXPECT_EQ(test, strcmp("abc", "abc"), 0);
	KTEST_EXPECT_LT(test, strcmp("", "a"), 0);
	KTEST_EXPECT_GT(test, strcmp("a", ""), 0);
	KTEST_EXPECT_LT(test, strcmp("ab", "abc"), 0);
	KTEST_EXPECT_GT(test, strcmp("abc", "ab"), 0);
	KTEST_EXPECT_LT(test, strcmp("abc", "abd"), 0);
	KTEST_EXPECT_LT(test, strcmp("A", "a"), 0);
	KTEST_EXPECT_GT(test, strcmp("\xe4", "z"), 0);
	KTEST_EXPECT_LT(test, strcmp("z", "\xe4"), 0);
	KTEST_EXPECT_EQ(test, strcmp("a\0b", "a\0c"), 0);
}

static void string_strcasecmp(struct ktest *test)
{
	KTEST_EXPECT_EQ(test, strcasecmp("", ""), 0);
	KTEST_EXPECT_EQ(test, strcasecmp("aZ", "Az"), 0);
	KTEST_EXPECT_EQ(test, strcasecmp("ZA", "za"), 0);
	KTEST_EXPECT_LT(test, strcasecmp("a", "B"), 0);
	KTEST_EXPECT_GT(test, strcasecmp("B", "a"), 0);
	KTEST_EXPECT_LT(test, strcasecmp("ab", "ABC"), 0);
	KTEST_EXPECT_GT(test, strcasecmp("abc", "AB"), 0);
	/* The neighbours of the letters are not letters. */
	KTEST_EXPECT_NE(test, strcasecmp("@", "`"), 0);
	KTEST_EXPECT_NE(test, strcasecmp("[", "{"), 0);
	KTEST_EXPECT_GT(test, strcasecmp("\xe4", "z"), 0);
	KTEST_EXPECT_LT(test, strcasecmp("z", "\xe4"), 0);
}

static void string_strlcpy(struct ktest *test)
{
	char text[8];

	for (size_t size = 1; size <= sizeof(text); size++) {
		const size_t fits = size < 6 ? size - 1 : 5;

		memset(text, 'x', sizeof(text));
		KTEST_ASSERT_EQ(test, strlcpy(text, "abcde", size), 5);
		KTEST_ASSERT_EQ(test, strlen(text), fits);
		KTEST_ASSERT_MEMEQ(test, text, "abcde", fits);
		if (size < sizeof(text))
			KTEST_ASSERT_EQ(test, text[size], 'x');
	}
	KTEST_EXPECT_EQ(test, strlcpy(text, "", sizeof(text)), 0);
	KTEST_EXPECT_STREQ(test, text, "");
}

static const struct ktest_case string_cases[] = {
	KTEST_CASE(string_memcpy),  KTEST_CASE(string_memmove),
	KTEST_CASE(string_memset),  KTEST_CASE(string_of_large_sizes),
	KTEST_CASE(string_memcmp),  KTEST_CASE(string_strlen),
	KTEST_CASE(string_strcmp),  KTEST_CASE(string_strcasecmp),
	KTEST_CASE(string_strlcpy),
};
KTEST_SUITE_WITH(string, string_cases, .parent = "lib",
		 .setup = string_prepare);
