/* SPDX-License-Identifier: MIT */
/*
 * What vectors.S hands to C: the registers of the interrupted code.
 */
#ifndef ARCH_KERNEL_TRAP_H
#define ARCH_KERNEL_TRAP_H

#include <kernel/compiler.h>
#include <kernel/types.h>

/* Exceptions that the kernel treats by themselves (Intel SDM vol. 3, 6.15). */
enum trap_vector {
	VECTOR_DEBUG = 1,
	VECTOR_NMI = 2,
	VECTOR_BREAKPOINT = 3,
	VECTOR_DOUBLE_FAULT = 8,
	VECTOR_PAGE_FAULT = 14,
	VECTOR_MACHINE_CHECK = 18,
	VECTOR_EXCEPTIONS = 32,
};

/* In the order of the stack, the last pushed first. */
struct trap_frame {
	uint64_t rax, rbx, rcx, rdx, rsi, rdi, rbp;
	uint64_t r8, r9, r10, r11, r12, r13, r14, r15;
	uint64_t vector, error_code;
	uint64_t rip, cs, rflags, rsp, ss; /* by the CPU */
};

static_assert(sizeof(struct trap_frame) == 22 * 8, "as vectors.S pushes it");

/* The entry of each vector, VECTOR_COUNT of them, VECTOR_ENTRY_BYTES apart. */
extern const uint8_t trap_entries[];

/* The entry of all vectors above these: nothing is done. */
extern const uint8_t trap_ignore[];

/* Where trap_handle() returns to. */
extern const uint8_t trap_return[];

/* Serve a vector. From vectors.S, interrupts off. The CPU goes on as @frame
 * says afterwards. */
void trap_handle(struct trap_frame *frame);

/*
 * Print what an exception is and the registers, CR2 as it was when it came;
 * @is_fatal says whether the kernel goes on after it. With REPORT_DETAIL a
 * fatal one is only begun, to be told by report_go_on().
 */
void trap_report(const struct trap_frame *frame, uint64_t cr2, bool is_fatal);

/* Print whose edge a page fault or a double fault has passed, where it is
 * anybody's. */
void trap_report_area(const struct trap_frame *frame, uint64_t cr2);

/* The name of an exception. */
const char *trap_name(uint64_t vector);

#endif
