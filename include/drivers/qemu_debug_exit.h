/* SPDX-License-Identifier: MIT */
/*
 * QEMU's isa-debug-exit device: a guest's way to end its own run.
 */
#ifndef DRIVERS_QEMU_DEBUG_EXIT_H
#define DRIVERS_QEMU_DEBUG_EXIT_H

#include <kernel/compiler.h>
#include <kernel/types.h>

/*
 * What is written to the device; QEMU exits with 2 * value + 1. None is a
 * status that QEMU has of its own.
 */
enum qemu_exit {
	QEMU_EXIT_PASSED = 0x10, /* status 33 */
	QEMU_EXIT_FAILED = 0x11, /* status 35 */
	QEMU_EXIT_PANIC =
		0x12, /* status 37: a panic, by PANIC_EXIT or panic= */
};

/*
 * Leave the machine. Where it lacks the device (QEMU option `-device
 * isa-debug-exit,iobase=0xf4,iosize=4`) the CPU halts for good. Any context.
 */
void qemu_debug_exit(enum qemu_exit value) __noreturn;

#endif
