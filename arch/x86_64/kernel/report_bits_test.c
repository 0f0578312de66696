/* SPDX-License-Identifier: MIT */
/*
 * Tests of the names of bits.
 */
#include "report_bits.h"

#include <kernel/ktest.h>
#include <lib/string.h>

static const char *said(enum report_register which, uint64_t value)
{
	static char text[REPORT_BITS_BYTES];

	report_bits_describe(which, value, text, sizeof(text));
	return text;
}

static void report_bits_rflags(struct ktest *test)
{
	KTEST_EXPECT_STREQ(test, said(REPORT_RFLAGS, 0x2), "interrupts off");
	KTEST_EXPECT_STREQ(test, said(REPORT_RFLAGS, 0x202), "interrupts on");
	KTEST_EXPECT_STREQ(test, said(REPORT_RFLAGS, 0x10046),
			   "parity, zero, interrupts off, resume");
	KTEST_EXPECT_STREQ(test, said(REPORT_RFLAGS, 0xfd2),
			   "auxiliary carry, zero, sign, trap flag, "
			   "interrupts on, direction flag, overflow");
	KTEST_EXPECT_STREQ(test, said(REPORT_RFLAGS, 0x3202),
			   "interrupts on, IOPL 3");
	KTEST_EXPECT_STREQ(test, said(REPORT_RFLAGS, 0x6002),
			   "interrupts off, nested task, IOPL 2");
	KTEST_EXPECT_STREQ(test, said(REPORT_RFLAGS, 1UL << 63 | 0x3),
			   "carry, interrupts off, bit 63");
}

static void report_bits_control_registers(struct ktest *test)
{
	KTEST_EXPECT_STREQ(test, said(REPORT_CR0, 0x80010033),
			   "PE MP ET NE WP PG");
	KTEST_EXPECT_STREQ(test, said(REPORT_CR0, 0), "");
	KTEST_EXPECT_STREQ(test, said(REPORT_CR0, 1 << 6), "bit 6");
	KTEST_EXPECT_STREQ(test, said(REPORT_CR3, 0x1234018), "PWT PCD");
	KTEST_EXPECT_STREQ(test, said(REPORT_CR3, 0x1234000), "");
	KTEST_EXPECT_STREQ(test, said(REPORT_CR4, 0x3008a0),
			   "PAE PGE UMIP SMEP SMAP");
	KTEST_EXPECT_STREQ(test, said(REPORT_EFER, 0xd00), "LME LMA NXE");
}

static void report_bits_events(struct ktest *test)
{
	KTEST_EXPECT_STREQ(test, said(REPORT_DR6, 0xffff0ff0), "");
	KTEST_EXPECT_STREQ(test, said(REPORT_DR6, 0xffff4ff5),
			   "breakpoint 0, breakpoint 2, single step");
	KTEST_EXPECT_STREQ(test, said(REPORT_DR6, 0xffff07f0), "bus lock");
	KTEST_EXPECT_STREQ(test, said(REPORT_DR6, 0xfffe4ff0),
			   "single step, transaction");
	KTEST_EXPECT_STREQ(test, said(REPORT_MCG_STATUS, 0x5), "RIPV MCIP");
	KTEST_EXPECT_STREQ(test, said(REPORT_MC_STATUS, 0xb400000000000135),
			   "ADDRV EN UC VAL");
}

/* All that there are fit; in less room they are cut. */
static void report_bits_are_bounded(struct ktest *test)
{
	char text[8];

	KTEST_EXPECT_LT(test, strlen(said(REPORT_CR4, 0x1ff7fff)),
			REPORT_BITS_BYTES - 1);
	report_bits_describe(REPORT_RFLAGS, 0x46, text, sizeof(text));
	KTEST_EXPECT_STREQ(test, text, "parity,");
}

static const struct ktest_case report_bits_cases[] = {
	KTEST_CASE(report_bits_rflags),
	KTEST_CASE(report_bits_control_registers),
	KTEST_CASE(report_bits_events),
	KTEST_CASE(report_bits_are_bounded),
};
KTEST_SUITE_WITH(report_bits, report_bits_cases, .parent = "arch");
