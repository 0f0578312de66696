/* SPDX-License-Identifier: MIT */
/*
 * Tests of numbers as people write them.
 */
#include <kernel/errno.h>
#include <kernel/ktest.h>
#include <lib/parse_u64.h>

enum {
	UNTOUCHED = 42,
};

static void parse_u64_reads_numbers(struct ktest *test)
{
	static const struct {
		const char *text;
		int error;
		uint64_t value;
	} cases[] = {
		{ "0", 0, 0 },
		{ "7", 0, 7 },
		{ "0010", 0, 10 },
		{ "18446744073709551615", 0, UINT64_MAX },
		{ "0000018446744073709551615", 0, UINT64_MAX },
		{ "0x10", 0, 16 },
		{ "0XfF", 0, 255 },
		{ "0xffffffffffffffff", 0, UINT64_MAX },
		{ "18446744073709551616", -ERANGE, UNTOUCHED },
		{ "99999999999999999999", -ERANGE, UNTOUCHED },
		{ "0x10000000000000000", -ERANGE, UNTOUCHED },
		{ "", -EINVAL, UNTOUCHED },
		{ "0x", -EINVAL, UNTOUCHED },
		{ "ff", -EINVAL, UNTOUCHED },
		{ "1f", -EINVAL, UNTOUCHED },
		{ "-1", -EINVAL, UNTOUCHED },
		{ "+1", -EINVAL, UNTOUCHED },
		{ "1 ", -EINVAL, UNTOUCHED },
		/* Too long, and no number all the same. */
		{ "99999999999999999999x", -EINVAL, UNTOUCHED },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		uint64_t value = UNTOUCHED;

		KTEST_EXPECT_EQ(test, parse_u64(cases[i].text, &value),
				cases[i].error);
		KTEST_EXPECT_EQ(test, value, cases[i].value);
	}
}

static const struct ktest_case parse_u64_cases[] = {
	KTEST_CASE(parse_u64_reads_numbers),
};

KTEST_SUITE(parse_u64, parse_u64_cases);
