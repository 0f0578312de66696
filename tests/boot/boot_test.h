/* SPDX-License-Identifier: MIT */
/*
 * What the boot tests share: the verdict, on the console and as the status
 * with which QEMU exits. The runner demands both.
 */
#ifndef TESTS_BOOT_TEST_H
#define TESTS_BOOT_TEST_H

#include <kernel/compiler.h>
#include <kernel/types.h>

/* Print "BOOT TEST name: passed" or "failed", and leave the machine. */
void boot_test_finish(const char *name, bool passed) __noreturn;

#endif
