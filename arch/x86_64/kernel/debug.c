/* SPDX-License-Identifier: MIT */
/*
 * Registers and memory as a debugger sees them. Memory is read and written
 * under a guard, so that any address will do.
 */
#include <arch/debug.h>
#include <arch/fault.h>
#include <kernel/errno.h>
#include <kernel/util.h>
#include <lib/printf.h>

#include "control.h"
#include "msr.h"
#include "trap.h"
#include "write_window.h"

enum {
	RFLAGS_TRAP = 1 << 8,
	/* gdb's numbers (gdb/features/i386/64bit-core.xml): 0 to 15 are the
	 * general registers, 16 is RIP; these have 4 bytes, the last four of
	 * them are no part of what an exception saves. */
	REGISTER_RIP = 16,
	REGISTER_RFLAGS,
	REGISTER_CS,
	REGISTER_SS,
	REGISTER_COUNT = REGISTER_SS + 5,
};

/* Of a general register, in a struct trap_frame. */
static const uint8_t general[] = {
	offsetof(struct trap_frame, rax), offsetof(struct trap_frame, rbx),
	offsetof(struct trap_frame, rcx), offsetof(struct trap_frame, rdx),
	offsetof(struct trap_frame, rsi), offsetof(struct trap_frame, rdi),
	offsetof(struct trap_frame, rbp), offsetof(struct trap_frame, rsp),
	offsetof(struct trap_frame, r8),  offsetof(struct trap_frame, r9),
	offsetof(struct trap_frame, r10), offsetof(struct trap_frame, r11),
	offsetof(struct trap_frame, r12), offsetof(struct trap_frame, r13),
	offsetof(struct trap_frame, r14), offsetof(struct trap_frame, r15),
	offsetof(struct trap_frame, rip), offsetof(struct trap_frame, rflags),
	offsetof(struct trap_frame, cs),  offsetof(struct trap_frame, ss),
};

size_t debug_register_bytes(unsigned int number)
{
	if (number >= REGISTER_COUNT)
		return 0;
	return number <= REGISTER_RIP ? sizeof(uint64_t) : sizeof(uint32_t);
}

uint64_t debug_register_get(const struct trap_frame *frame, unsigned int number)
{
	if (number >= ARRAY_SIZE(general))
		return 0; /* DS to GS mean nothing in the kernel */
	return *(const uint64_t *)((const uint8_t *)frame + general[number]);
}

void debug_register_set(struct trap_frame *frame, unsigned int number,
			uint64_t value)
{
	if (number < ARRAY_SIZE(general))
		*(uint64_t *)((uint8_t *)frame + general[number]) = value;
}

void debug_step_set(struct trap_frame *frame, bool is_on)
{
	if (is_on)
		frame->rflags |= RFLAGS_TRAP;
	else
		frame->rflags &= ~(uint64_t)RFLAGS_TRAP;
}

struct trap_frame *debug_keep(const struct trap_frame *frame)
{
	static struct trap_frame kept;

	kept = *frame;
	return &kept;
}

unsigned int debug_vector(const struct trap_frame *frame)
{
	return (unsigned int)frame->vector;
}

unsigned int debug_signal(unsigned int vector)
{
	enum { INT = 2, ILL = 4, TRAP = 5, FPE = 8, BUS = 7, SEGV = 11 };
	static const uint8_t signals[] = {
		[0] = FPE,   [1] = TRAP,  [2] = INT,   [3] = TRAP,  [4] = FPE,
		[5] = SEGV,  [6] = ILL,   [7] = FPE,   [8] = SEGV,  [9] = FPE,
		[10] = SEGV, [11] = SEGV, [12] = SEGV, [13] = SEGV, [14] = SEGV,
		[16] = FPE,  [17] = BUS,  [18] = BUS,  [19] = FPE,
	};

	if (vector >= ARRAY_SIZE(signals) || signals[vector] == 0)
		return vector < VECTOR_EXCEPTIONS ? SEGV : INT;
	return signals[vector];
}

bool debug_is_stop(unsigned int vector)
{
	return vector == VECTOR_DEBUG || vector == VECTOR_BREAKPOINT;
}

/* Byte by byte: a fault comes at the first that is not there. */
static int copy(volatile uint8_t *to, const volatile uint8_t *from,
		size_t size_bytes)
{
	struct fault_guard guard;

	if (!fault_guard_save(&guard)) {
		fault_guard_set(&guard);
		for (size_t i = 0; i < size_bytes; i++)
			to[i] = from[i];
	}
	return fault_guard_clear(&guard) == FAULT_NONE ? 0 : -EFAULT;
}

int debug_read(uint64_t address, void *to, size_t size_bytes)
{
	return copy(to, virt_addr_pointer(virt_addr(address)), size_bytes);
}

int debug_write(uint64_t address, const void *from, size_t size_bytes)
{
	const struct write_window before = write_window_open();
	const int error =
		copy(virt_addr_pointer(virt_addr(address)), from, size_bytes);

	write_window_close(before);
	return error;
}

void debug_describe(char *text, size_t size_bytes)
{
	snprintf(text, size_bytes,
		 "CR0=%016lx CR2=%016lx CR3=%016lx CR4=%016lx EFER=%016lx\n",
		 cr0_read(), cr2_read(), cr3_read(), cr4_read(),
		 cpu_read_msr(MSR_EFER));
}
