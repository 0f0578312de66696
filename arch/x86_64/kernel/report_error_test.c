/* SPDX-License-Identifier: MIT */
/*
 * Tests of error codes in words.
 */
#include "report_error.h"

#include <kernel/ktest.h>
#include <lib/string.h>

static const char *said(unsigned int vector, uint64_t code)
{
	static char text[REPORT_ERROR_BYTES];

	report_error_describe(vector, code, text, sizeof(text));
	return text;
}

static void report_error_of_page_faults(struct ktest *test)
{
	static const struct {
		uint64_t code;
		const char *text;
	} cases[] = {
		{ 0x0, "" },
		{ 0x1f, "" },
		{ 0x25, "protection key" },
		{ 0x47, "shadow stack" },
		{ 0x81, "HLAT" },
		{ 0x8027, "protection key, SGX" },
		{ 0x100, "unknown bits 0x100" },
		{ 0x140, "shadow stack, unknown bits 0x100" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		KTEST_EXPECT_STREQ(test, said(14, cases[i].code),
				   cases[i].text);
}

static void report_error_of_selectors(struct ktest *test)
{
	KTEST_EXPECT_STREQ(test, said(13, 0),
			   "no selector: often a non-canonical address or a "
			   "bad register value");
	KTEST_EXPECT_STREQ(test, said(12, 0),
			   "no selector: often a non-canonical address");
	KTEST_EXPECT_STREQ(test, said(11, 0), "no selector");
	KTEST_EXPECT_STREQ(test, said(13, 0x18),
			   "selector 0x18, entry 3 of the GDT");
	KTEST_EXPECT_STREQ(test, said(11, 0x2c),
			   "selector 0x2c, entry 5 of the LDT");
	KTEST_EXPECT_STREQ(test, said(10, 0xfff8),
			   "selector 0xfff8, entry 8191 of the GDT");
	KTEST_EXPECT_STREQ(test, said(12, 0x1),
			   "no selector, by an event external to the program");
	KTEST_EXPECT_STREQ(test, said(13, 0x10b),
			   "the gate of vector 33, by an event external to the "
			   "program");
	KTEST_EXPECT_STREQ(test, said(13, 0x402), "the gate of vector 128");
	KTEST_EXPECT_STREQ(test, said(13, 0x10018),
			   "selector 0x18, entry 3 of the GDT, unknown bits "
			   "0x10000");
}

static void report_error_of_the_others(struct ktest *test)
{
	KTEST_EXPECT_STREQ(test, said(8, 0), "");
	KTEST_EXPECT_STREQ(test, said(17, 0), "");
	KTEST_EXPECT_STREQ(test, said(21, 3), "a jump or call to no endbranch");
	KTEST_EXPECT_STREQ(test, said(21, 0x8001),
			   "a near return, in an enclave");
	KTEST_EXPECT_STREQ(test, said(21, 0), "unknown cause 0");
	KTEST_EXPECT_STREQ(test, said(21, 6), "unknown cause 6");
	KTEST_EXPECT_STREQ(test, said(29, 0x72), "exit code of the guest");
	KTEST_EXPECT_STREQ(test, said(30, 1), "a redirected INIT");
	KTEST_EXPECT_STREQ(test, said(30, 2), "unknown cause");
	KTEST_EXPECT_STREQ(test, said(6, 0), "");
	KTEST_EXPECT_STREQ(test, said(31, 5), "");
}

static void report_error_is_bounded(struct ktest *test)
{
	char text[10];

	report_error_describe(14, UINT64_MAX, text, sizeof(text));
	KTEST_EXPECT_STREQ(test, text, "protectio");
	KTEST_EXPECT_LT(test, strlen(said(14, UINT64_MAX)),
			REPORT_ERROR_BYTES - 1);
}

static const struct ktest_case report_error_cases[] = {
	KTEST_CASE(report_error_of_page_faults),
	KTEST_CASE(report_error_of_selectors),
	KTEST_CASE(report_error_of_the_others),
	KTEST_CASE(report_error_is_bounded),
};
KTEST_SUITE_WITH(report_error, report_error_cases, .parent = "arch");
