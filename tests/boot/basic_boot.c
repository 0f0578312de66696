/* SPDX-License-Identifier: MIT */
/*
 * The kernel boots and prints, far more than a screen holds: the runner counts
 * the lines on the serial line and looks at the screen.
 */
#include <kernel/boot_test.h>
#include <kernel/console.h>

#include "boot_test.h"

enum {
	LINES = 250,
};

static __noreturn void basic_boot_run(void)
{
	for (int i = 1; i <= LINES; i++)
		console_printf("line %d of %d\n", i, LINES);
	boot_test_finish("basic_boot", true);
}

static const struct boot_test basic_boot = {
	.name = "basic_boot",
	.run = basic_boot_run,
};
BOOT_TEST(basic_boot);
