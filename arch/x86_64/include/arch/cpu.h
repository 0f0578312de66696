/* SPDX-License-Identifier: MIT */
/*
 * The CPU, as every architecture gives it to the floors above.
 */
#ifndef ARCH_CPU_H
#define ARCH_CPU_H

#include <kernel/compiler.h>
#include <kernel/context.h>
#include <kernel/types.h>

/* The name of the architecture, as `info` shows it. */
#define ARCH_NAME "x86_64"

/* State of the interrupt flag, to be given back. */
struct irq_state {
	uint64_t flags;
};

/* Bits of the flags (Intel SDM vol. 1, 3.4.3). */
#define CPU_FLAG_ONE       (1UL << 1) /* always set */
#define CPU_FLAG_TRAP      (1UL << 8)
#define CPU_FLAG_INTERRUPT (1UL << 9)
#define CPU_FLAG_DIRECTION (1UL << 10)
#define CPU_FLAG_NESTED    (1UL << 14)
#define CPU_FLAG_ALIGNMENT (1UL << 18)
#define CPU_FLAGS_KNOWN    0x3f7fd7UL

/* Do the flags of a state turn interrupts on? */
static inline bool irq_flags_are_on(uint64_t flags)
{
	return (flags & CPU_FLAG_INTERRUPT) != 0;
}

/* Can these be flags of the CPU at all? */
static inline bool irq_flags_are_sane(uint64_t flags)
{
	return (flags & ~CPU_FLAGS_KNOWN) == 0 && (flags & CPU_FLAG_ONE) != 0;
}

/* Do two agree in what a function must give back as it was? */
static inline bool irq_flags_are_alike(uint64_t left, uint64_t right)
{
	return ((left ^ right) &
		(CPU_FLAG_TRAP | CPU_FLAG_INTERRUPT | CPU_FLAG_DIRECTION |
		 CPU_FLAG_NESTED | CPU_FLAG_ALIGNMENT)) == 0;
}

/* Turn interrupts off, and tell how they were. Any context. */
static inline struct irq_state irq_save(void)
{
	struct irq_state state;

	__asm__ volatile("pushfq\n\tpopq %0\n\tcli"
			 : "=r"(state.flags)
			 :
			 : "memory");
	return state;
}

/* Set the interrupt flag to what irq_save() found. Any context. */
static inline void irq_restore(struct irq_state state)
{
	context_check_restore(state.flags);
	__asm__ volatile("pushq %0\n\tpopfq"
			 :
			 : "r"(state.flags)
			 : "memory", "cc");
}

static inline void irq_enable(void)
{
	context_need_thread("irq_enable");
	__asm__ volatile("sti" : : : "memory");
}

static inline void irq_disable(void)
{
	__asm__ volatile("cli" : : : "memory");
}

/*
 * Turn interrupts on and sleep until one comes, in one step: an interrupt
 * that arrives after the caller's last look (with interrupts off) ends the
 * sleep. Interrupts are on afterwards. Not for interrupt handlers.
 */
static inline void cpu_sleep(void)
{
	context_need_thread("cpu_sleep");
	/* sti takes effect after the instruction that follows it. */
	__asm__ volatile("sti\n\thlt" : : : "memory");
}

/* Stop for good, interrupts off. Any context. */
static inline __noreturn void cpu_halt_forever(void)
{
	for (;;)
		__asm__ volatile("cli\n\thlt" : : : "memory");
}

/*
 * A counter that goes up at a steady rate of some 10^9 a second: for bounds on
 * waits where no timer can be relied on. Any context.
 */
static inline uint64_t cpu_cycles(void)
{
	uint32_t low, high;

	__asm__ volatile("rdtsc" : "=a"(low), "=d"(high));
	return (uint64_t)high << 32 | low;
}

/*
 * A second of that counter, as far as can be said where nothing has measured
 * it: those of CPUs go at 1 to 6 GHz. That is good enough for how long to wait
 * for what ought to come at once, and for nothing else.
 */
#define CPU_CYCLES_SECOND 4000000000UL

/*
 * How often that counter goes up a second, measured against the PIT's channel
 * 2, the speaker's, which is left as it was: takes some 5 ms, and at most 250.
 * 0 where it cannot be measured. Option CYCLES_RATE. Interrupts off.
 */
uint64_t cpu_cycles_hz(void);

/* A hint in a loop that waits. */
static inline void cpu_relax(void)
{
	__asm__ volatile("pause" : : : "memory");
}

/*
 * Give the CPU the kernel's segments, task state and double-fault stack. Once,
 * early: before irq_init().
 */
void cpu_init(void);

#endif
