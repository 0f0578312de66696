/* SPDX-License-Identifier: MIT */
/*
 * What the tests of both readers of loaders' information share.
 */
#ifndef BOOT_RANGE_TEST_H
#define BOOT_RANGE_TEST_H

#include <arch/boot_info.h>
#include <kernel/ktest.h>

static void expect_range(struct ktest *test, const struct boot_range *range,
			 uint64_t base, uint64_t size,
			 enum boot_range_kind kind)
{
	KTEST_EXPECT_EQ(test, range->base, base);
	KTEST_EXPECT_EQ(test, range->size, size);
	KTEST_EXPECT_EQ(test, range->kind, kind);
}

#endif
