/* SPDX-License-Identifier: MIT */
/*
 * Tests of values and types as the compiler's reports tell them.
 */
#include <kernel/ktest.h>

#include "ubsan_value.h"

enum {
	INT_INFO = 5 << 1 | 1,
	BYTE_INFO = 3 << 1,
	LONG_INFO = 6 << 1 | 1,
	ULONG_INFO = 6 << 1,
	WIDE_INFO = 7 << 1 | 1,
	OTHER = 0xffff,
};

/* A flexible array cannot be filled in alone. */
#define TYPE(id, kind_, info_, name_)                                       \
	static const struct {                                               \
		uint16_t kind, info;                                        \
		char name[sizeof(name_)];                                   \
	} id##_words = { .kind = (kind_), .info = (info_), .name = name_ }; \
	static const struct ubsan_type *const id =                          \
		(const struct ubsan_type *)&id##_words

TYPE(type_int, UBSAN_INTEGER, INT_INFO, "'int'");
TYPE(type_byte, UBSAN_INTEGER, BYTE_INFO, "'unsigned char'");
TYPE(type_long, UBSAN_INTEGER, LONG_INFO, "'long int'");
TYPE(type_ulong, UBSAN_INTEGER, ULONG_INFO, "'long unsigned int'");
TYPE(type_wide, UBSAN_INTEGER, WIDE_INFO, "'__int128'");
TYPE(type_struct, OTHER, 0, "'struct area'");
TYPE(type_bare, OTHER, 0, "area");
TYPE(type_empty, OTHER, 0, "");
TYPE(type_quote, OTHER, 0, "'");
TYPE(type_endless, OTHER, 0,
     "'struct of_a_name_that_is_longer_than_the_line_that_it_would_have_to_fit_"
     "into'");

static void ubsan_values_of_integers(struct ktest *test)
{
	char text[UBSAN_VALUE_BYTES];

	KTEST_EXPECT_STREQ(test,
			   ubsan_value_text(text, type_int, 0xffff00007fffffff),
			   "2147483647");
	KTEST_EXPECT_STREQ(test, ubsan_value_text(text, type_int, 0xffffffff),
			   "-1");
	KTEST_EXPECT_STREQ(test, ubsan_value_text(text, type_byte, 0x1fe),
			   "254");
	KTEST_EXPECT_STREQ(test, ubsan_value_text(text, type_long, 1UL << 63),
			   "-9223372036854775808");
	KTEST_EXPECT_STREQ(test, ubsan_value_text(text, type_ulong, UINT64_MAX),
			   "18446744073709551615");
}

static void ubsan_values_of_other_types(struct ktest *test)
{
	const uint64_t wide[2] = { 5, 1UL << 63 }, narrow[2] = { 5, 0 };
	char text[UBSAN_VALUE_BYTES];

	KTEST_EXPECT_STREQ(test,
			   ubsan_value_text(text, type_wide, (uintptr_t)wide),
			   "0x80000000000000000000000000000005");
	KTEST_EXPECT_STREQ(test, ubsan_value_text(text, type_struct, 1),
			   "a value");
	KTEST_EXPECT(test, ubsan_value_is_negative(type_wide, (uintptr_t)wide));
	KTEST_EXPECT(test,
		     !ubsan_value_is_negative(type_wide, (uintptr_t)narrow));
	KTEST_EXPECT(test, ubsan_value_is_negative(type_int, 0x80000000));
	KTEST_EXPECT(test, !ubsan_value_is_negative(type_int, 0x7fffffff));
	KTEST_EXPECT(test, !ubsan_value_is_negative(type_byte, 0xff));
	KTEST_EXPECT(test, !ubsan_value_is_negative(type_struct, UINT64_MAX));
}

static void ubsan_names_of_types(struct ktest *test)
{
	char text[UBSAN_NAME_BYTES];

	KTEST_EXPECT_STREQ(test, ubsan_type_text(text, type_int), "int");
	KTEST_EXPECT_STREQ(test, ubsan_type_text(text, type_struct),
			   "struct area");
	KTEST_EXPECT_STREQ(test, ubsan_type_text(text, type_bare), "area");
	KTEST_EXPECT_STREQ(test, ubsan_type_text(text, type_empty), "");
	KTEST_EXPECT_STREQ(test, ubsan_type_text(text, type_quote), "");
	KTEST_EXPECT_STREQ(test, ubsan_type_text(text, type_endless),
			   "struct of_a_name_that_is_longer_than_the_line_that_"
			   "it_would_hav");
	KTEST_EXPECT_EQ(test, ubsan_type_bits(type_struct), 0);
	KTEST_EXPECT_EQ(test, ubsan_type_bits(type_wide), 128);
}

static const struct ktest_case ubsan_value_cases[] = {
	KTEST_CASE(ubsan_values_of_integers),
	KTEST_CASE(ubsan_values_of_other_types),
	KTEST_CASE(ubsan_names_of_types),
};
KTEST_SUITE_WITH(ubsan_value, ubsan_value_cases, .parent = "kernel");
