/* SPDX-License-Identifier: MIT */
/*
 * Tests of formatted text: what the C standard says for each conversion, with
 * its flags, width, precision and length.
 */
#include <kernel/ktest.h>
#include <lib/printf.h>
#include <lib/string.h>
#include <limits.h>

enum {
	TEXT_BYTES = 256,
};

static char text[TEXT_BYTES];

/* The compiler is to warn of no format here: odd ones are the point. */
static void expect(struct ktest *test, const char *wanted, const char *format,
		   ...)
{
	va_list arguments;
	int length;

	memset(text, '#', sizeof(text));
	va_start(arguments, format);
	length = vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	KTEST_EXPECT_STREQ(test, text, wanted);
	KTEST_EXPECT_EQ(test, length, strlen(wanted));
}

static void printf_plain_text(struct ktest *test)
{
	expect(test, "", "");
	expect(test, "text", "text");
	expect(test, "100%", "100%%");
	expect(test, "a%b%c", "a%%b%%c");
}

static void printf_signed(struct ktest *test)
{
	expect(test, "0", "%d", 0);
	expect(test, "42 -42", "%d %i", 42, -42);
	expect(test, "2147483647", "%d", INT_MAX);
	expect(test, "-2147483648", "%d", INT_MIN);
	expect(test, "-9223372036854775808", "%ld", LONG_MIN);
	expect(test, "9223372036854775807", "%lld", LLONG_MAX);
	expect(test, "-1", "%zd", (ptrdiff_t)-1);
}

static void printf_unsigned(struct ktest *test)
{
	expect(test, "0", "%u", 0U);
	expect(test, "4294967295", "%u", UINT_MAX);
	expect(test, "18446744073709551615", "%lu", ULONG_MAX);
	expect(test, "18446744073709551615", "%zu", SIZE_MAX);
	expect(test, "1234567890abcdef", "%lx", 0x1234567890abcdefUL);
	expect(test, "1234567890ABCDEF", "%llX", 0x1234567890abcdefULL);
	expect(test, "deadbeef", "%x", 0xdeadbeefU);
}

/* Values come as int and are cut to the length. */
static void printf_lengths(struct ktest *test)
{
	expect(test, "-1", "%hhd", 255);
	expect(test, "127", "%hhd", 127);
	expect(test, "-128", "%hhd", 128);
	expect(test, "255", "%hhu", 511);
	expect(test, "ff", "%hhx", -1);
	expect(test, "-1", "%hd", 65535);
	expect(test, "-32768", "%hd", 32768);
	expect(test, "65535", "%hu", -1);
	expect(test, "4294967295", "%u", -1);
	expect(test, "4294967296", "%lu", 1UL << 32);
}

static void printf_width(struct ktest *test)
{
	expect(test, "   42", "%5d", 42);
	expect(test, "42   |", "%-5d|", 42);
	expect(test, "00042", "%05d", 42);
	expect(test, "-0042", "%05d", -42);
	expect(test, "42   |", "%-05d|", 42);
	expect(test, "123456", "%3d", 123456);
	expect(test, "123", "%3d", 123);
	expect(test, "-12", "%03d", -12);
	expect(test, "  -42", "%5d", -42);
	expect(test, "0x0000ff", "%#08x", 255);
	expect(test, "    0xff", "%#8x", 255);
	expect(test, "0xff    |", "%-#8x|", 255);
	expect(test, "                                       1", "%40d", 1);
	expect(test, "0000000000000000000000000000000000000001", "%040d", 1);
	expect(test, "               1", "%16d", 1);
	expect(test, "                1", "%17d", 1);
}

static void printf_precision(struct ktest *test)
{
	expect(test, "007", "%.3d", 7);
	expect(test, "-007", "%.3d", -7);
	expect(test, "1234", "%.3d", 1234);
	expect(test, "  007", "%5.3d", 7);
	expect(test, "007  |", "%-5.3d|", 7);
	/* A precision turns the zeros of the width off. */
	expect(test, "  007", "%05.3d", 7);
	expect(test, "", "%.0d", 0);
	expect(test, "", "%.d", 0);
	expect(test, "5", "%.0d", 5);
	expect(test, "   ", "%3.0d", 0);
	expect(test, "0x00ff", "%#.4x", 255);
}

static void printf_stars(struct ktest *test)
{
	expect(test, "   42", "%*d", 5, 42);
	expect(test, "42   |", "%*d|", -5, 42);
	expect(test, "42", "%*d", 0, 42);
	expect(test, "007", "%.*d", 3, 7);
	/* A precision below 0 is none. */
	expect(test, "7", "%.*d", -3, 7);
	expect(test, "abc", "%.*s", -1, "abc");
	expect(test, "  ab", "%*.*s", 4, 2, "abc");
}

static void printf_hexadecimal(struct ktest *test)
{
	expect(test, "0", "%x", 0);
	expect(test, "0", "%#x", 0);
	expect(test, "0x1", "%#x", 1);
	expect(test, "0X1F", "%#X", 31);
	expect(test, "31", "%#u", 31);
	expect(test, "0123456789abcdef", "%016lx", 0x123456789abcdefUL);
}

static void printf_pointers(struct ktest *test)
{
	expect(test, "0x1234", "%p", (void *)0x1234);
	expect(test, "0xffff800000000000", "%p", (void *)0xffff800000000000);
	expect(test, "0x0", "%p", NULL);
	expect(test, "  0x1f", "%6p", (void *)0x1f);
}

static void printf_characters(struct ktest *test)
{
	expect(test, "x", "%c", 'x');
	expect(test, "  x", "%3c", 'x');
	expect(test, "x  |", "%-3c|", 'x');
	expect(test, "xy", "%1c%0c", 'x', 'y');
	expect(test, "\xe4", "%c", 0xe4);
}

static void printf_strings(struct ktest *test)
{
	expect(test, "abc", "%s", "abc");
	expect(test, "", "%s", "");
	expect(test, "  abc", "%5s", "abc");
	expect(test, "abc  |", "%-5s|", "abc");
	expect(test, "abc", "%3s", "abc");
	expect(test, "abcdef", "%3s", "abcdef");
	expect(test, "ab", "%.2s", "abc");
	expect(test, "", "%.0s", "abc");
	expect(test, "   ab", "%5.2s", "abc");
	expect(test, "abc", "%.9s", "abc");
	expect(test, "(null)", "%s", NULL);
	expect(test, "(nu", "%.3s", NULL);
}

/* Not one byte behind the precision is looked at. */
static void printf_strings_without_an_end(struct ktest *test)
{
	static const char bytes[3] = { 'a', 'b', 'c' };

	expect(test, "abc", "%.3s", bytes);
}

static void printf_unknown_conversions(struct ktest *test)
{
	expect(test, "%y", "%y");
	expect(test, "%5.2lq|", "%5.2lq|");
	expect(test, "a%", "a%");
	expect(test, "%-0#5", "%-0#5");
	expect(test, "%k7", "%k%d", 7);
}

/* Past any width that makes sense digits are swallowed, not added up. */
static void printf_huge_counts(struct ktest *test)
{
	expect(test, "abc", "%.999999999999999999s", "abc");
	KTEST_EXPECT_EQ(test, snprintf(NULL, 0, "%099999d", 1), 99999);
	KTEST_EXPECT_EQ(test, snprintf(NULL, 0, "%0100000d", 1), 100000);
	KTEST_EXPECT_EQ(test, snprintf(NULL, 0, "%0999999d", 1), 999999);
	KTEST_EXPECT_EQ(test, snprintf(NULL, 0, "%*s", 99999, "x"), 99999);
}

static void printf_cuts_to_the_size(struct ktest *test)
{
	char small[8];

	for (size_t size = 0; size <= sizeof(small); size++) {
		memset(small, '#', sizeof(small));
		KTEST_EXPECT_EQ(test, snprintf(small, size, "%s%d", "abc", 45),
				5);
		if (size == 0) {
			KTEST_EXPECT_EQ(test, small[0], '#');
			continue;
		}
		KTEST_EXPECT_EQ(test, strlen(small), size < 6 ? size - 1 : 5);
		KTEST_EXPECT_MEMEQ(test, small, "abc45", strlen(small));
		if (size < sizeof(small))
			KTEST_EXPECT_EQ(test, small[size], '#');
	}
}

struct pieces {
	size_t count, empty;
};

static void count_piece(void *context, const char *piece, size_t length)
{
	struct pieces *pieces = context;

	(void)piece;
	pieces->count++;
	pieces->empty += length == 0;
}

static void feed(struct pieces *pieces, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	printf_to(count_piece, pieces, format, arguments);
	va_end(arguments);
}

/* A sink is never called for nothing. */
static void printf_to_gives_no_empty_piece(struct ktest *test)
{
	struct pieces pieces = { 0 };

	feed(&pieces, "%s%.0d%s|%d", "", 0, "", 5);
	KTEST_EXPECT_EQ(test, pieces.empty, 0);
	KTEST_EXPECT_EQ(test, pieces.count, 2);
}

static const struct ktest_case printf_cases[] = {
	KTEST_CASE(printf_plain_text),
	KTEST_CASE(printf_signed),
	KTEST_CASE(printf_unsigned),
	KTEST_CASE(printf_lengths),
	KTEST_CASE(printf_width),
	KTEST_CASE(printf_precision),
	KTEST_CASE(printf_stars),
	KTEST_CASE(printf_hexadecimal),
	KTEST_CASE(printf_pointers),
	KTEST_CASE(printf_characters),
	KTEST_CASE(printf_strings),
	KTEST_CASE(printf_strings_without_an_end),
	KTEST_CASE(printf_unknown_conversions),
	KTEST_CASE(printf_huge_counts),
	KTEST_CASE(printf_cuts_to_the_size),
	KTEST_CASE(printf_to_gives_no_empty_piece),
};
KTEST_SUITE_WITH(printf, printf_cases, .parent = "lib");
