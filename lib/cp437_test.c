/* SPDX-License-Identifier: MIT */
/*
 * Tests of code page 437.
 */
#include <kernel/ktest.h>
#include <lib/cp437.h>

static void cp437_bytes(struct ktest *test)
{
	static const struct {
		uint32_t code_point;
		int32_t byte;
	} some[] = {
		{ 0x00, 0x00 },        { 'A', 'A' },
		{ 0x7f, 0x7f },        { 0xc7, 0x80 },
		{ 0xe9, 0x82 },        { 0x2500, 0xc4 },
		{ 0x2588, 0xdb },      { 0xdf, 0xe1 },
		{ 0x25a0, 0xfe },      { 0xa0, 0xff },
		{ 0x80, -ENOENT },     { 0x20ac, -ENOENT },
		{ 0xfffd, -ENOENT },   { 0x1f600, -ENOENT },
		{ 0x102500, -ENOENT },
	};

	for (size_t i = 0; i < ARRAY_SIZE(some); i++)
		KTEST_EXPECT_EQ(test, cp437_byte_of(some[i].code_point),
				some[i].byte);
}

/* Each byte is the one of a single character. */
static void cp437_is_one_to_one(struct ktest *test)
{
	unsigned int found = 0;

	for (uint32_t code_point = 0; code_point < 0x10000; code_point++)
		found += cp437_byte_of(code_point) >= 0;
	KTEST_EXPECT_EQ(test, found, 256);
}

static const struct ktest_case cp437_cases[] = {
	KTEST_CASE(cp437_bytes),
	KTEST_CASE(cp437_is_one_to_one),
};
KTEST_SUITE_WITH(cp437, cp437_cases, .parent = "lib");
