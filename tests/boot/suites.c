/* SPDX-License-Identifier: MIT */
/*
 * All suites that are in the kernel, in one boot.
 */
#include <kernel/boot_test.h>
#include <kernel/ktest.h>

#include "boot_test.h"

static __noreturn void suites_run(void)
{
	boot_test_finish("suites", ktest_run(NULL, CONFIG_KTEST_SEED) == 0);
}

static const struct boot_test suites = {
	.name = "suites",
	.run = suites_run,
};
BOOT_TEST(suites);
