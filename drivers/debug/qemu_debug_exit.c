/* SPDX-License-Identifier: MIT */
/*
 * QEMU's isa-debug-exit device: one port, which ends the run when written.
 */
#include <arch/cpu.h>
#include <arch/io.h>
#include <drivers/qemu_debug_exit.h>

enum {
	DEBUG_EXIT_PORT = 0xf4,
};

void qemu_debug_exit(enum qemu_exit value)
{
	io_write32(DEBUG_EXIT_PORT, value);
	cpu_halt_forever();
}
