/* SPDX-License-Identifier: MIT */
/*
 * A test that is a boot of its own: it runs in place of the shell, and the
 * machine's exit tells how it went. At most one is built in (menu "Tests").
 */
#ifndef KERNEL_BOOT_TEST_H
#define KERNEL_BOOT_TEST_H

#include <kernel/compiler.h>
#include <kernel/set.h>

struct boot_test {
	const char *name;
	/* Runs with interrupts on; leaves the machine and does not return. */
	void (*run)(void) __noreturn;
};

SET_DECLARE(boot_tests, const struct boot_test);

/* Registers a static const struct boot_test. */
#define BOOT_TEST(test) SET_ADD(boot_tests, test)

#endif
