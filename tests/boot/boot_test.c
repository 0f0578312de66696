/* SPDX-License-Identifier: MIT */
/*
 * The verdict of a boot test.
 */
#include "boot_test.h"

#include <drivers/qemu_debug_exit.h>
#include <kernel/console.h>

void boot_test_finish(const char *name, bool passed)
{
	console_printf("BOOT TEST %s: %s\n", name,
		       passed ? "passed" : "failed");
	qemu_debug_exit(passed ? QEMU_EXIT_PASSED : QEMU_EXIT_FAILED);
}
