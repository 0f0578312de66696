/* SPDX-License-Identifier: MIT */
/*
 * The ends of the machine, and waiting where nothing else works any more:
 * interrupts may be off, timers unset, the kernel in any state. In kernels with
 * MACHINE_END. Any context.
 */
#ifndef ARCH_MACHINE_H
#define ARCH_MACHINE_H

#include <kernel/compiler.h>
#include <kernel/types.h>

/*
 * Start the machine anew: by the keyboard controller, else by the chipset's
 * reset register, else by an exception that nobody can take.
 */
void machine_reboot(void) __noreturn;

/*
 * Switch the machine off, as the chipsets that QEMU and VirtualBox show have
 * it. Returns where there is none of these, or no hypervisor: ACPI would be
 * asked for the port, and that takes a reader of its tables.
 */
void machine_power_off(void);

/*
 * Wait by looking at the timer's chip, which is set anew for that: ticks are
 * lost. Bounded: where the chip stands still, by the CPU's own counter, at
 * which a wait may take a few times as long.
 */
void machine_wait_ms(uint32_t milliseconds);

/* Where a debugger in the kernel or outside gets hold of it. */
static inline void machine_breakpoint(void)
{
	__asm__ volatile("int3" : : : "memory");
}

#endif
