/* SPDX-License-Identifier: MIT */
/*
 * All suites that are in the kernel, or those that were chosen, in one boot.
 */
#include <kernel/boot_test.h>
#include <kernel/console.h>
#include <kernel/ktest.h>

#include "boot_test.h"
#include "suites_choice.h"

static __noreturn void suites_run(void)
{
	const int failures = ktest_run(suites_chosen(), suites_seed());

	if (failures < 0)
		console_printf("Bail out! The suites that were asked for are "
			       "not in this kernel.\n");
	boot_test_finish("suites", failures == 0);
}

static const struct boot_test suites = {
	.name = "suites",
	.run = suites_run,
};
BOOT_TEST(suites);
