/* SPDX-License-Identifier: MIT */
/*
 * The parts of a full report of an exception (option REPORT_DETAIL) that look
 * at more than the registers that were saved. Each prints whole lines; their
 * subject is a struct trap_event.
 */
#ifndef ARCH_KERNEL_REPORT_MACHINE_H
#define ARCH_KERNEL_REPORT_MACHINE_H

#include "trap.h"

struct trap_event {
	struct trap_frame frame;
	uint64_t cr2; /* as it was then */
};

/* What the error code says, where it says something. */
void report_error(const void *subject);

/* What the exception's own registers say: DR6, the reason of a non-maskable
 * interrupt, the banks of machine checks. */
void report_reason(const void *subject);

/* RFLAGS in words, the function at RIP, and where RIP, RSP and the address of a
 * page fault are. */
void report_places(const void *subject);

/* The bytes around RIP, the one there in angle brackets. */
void report_code(const void *subject);

/* The entries of the page tables on the way to the address of a page fault. */
void report_walk(const void *subject);

/* Control registers, EFER, segments, tables. */
void report_control(const void *subject);

#endif
