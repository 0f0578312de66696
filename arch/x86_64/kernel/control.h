/* SPDX-License-Identifier: MIT */
/*
 * The CPU's control registers (Intel SDM vol. 3, 2.5).
 */
#ifndef ARCH_KERNEL_CONTROL_H
#define ARCH_KERNEL_CONTROL_H

#include <kernel/types.h>

#define CR0_WP   (1UL << 16) /* the kernel, too, must not write */
#define CR4_PGE  (1UL << 7)  /* global pages */
#define CR4_UMIP (1UL << 11) /* no sgdt, sidt, sldt, smsw, str in user mode */
#define CR4_SMEP (1UL << 20) /* the kernel runs no code of user pages */
#define CR4_SMAP (1UL << 21) /* and accesses no data of them */
#define CR4_CET  (1UL << 23) /* returns and indirect jumps are watched */

#define MSR_EFER 0xc0000080
#define EFER_NXE (1UL << 11)

static inline uint64_t cr0_read(void)
{
	uint64_t value;

	__asm__ volatile("movq %%cr0, %0" : "=r"(value) : : "memory");
	return value;
}

static inline void cr0_write(uint64_t value)
{
	__asm__ volatile("movq %0, %%cr0" : : "r"(value) : "memory");
}

/* The address of the last page fault: another one changes it. */
static inline uint64_t cr2_read(void)
{
	uint64_t value;

	__asm__ volatile("movq %%cr2, %0" : "=r"(value));
	return value;
}

static inline uint64_t cr3_read(void)
{
	uint64_t value;

	__asm__ volatile("movq %%cr3, %0" : "=r"(value) : : "memory");
	return value;
}

static inline void cr3_write(uint64_t value)
{
	__asm__ volatile("movq %0, %%cr3" : : "r"(value) : "memory");
}

static inline uint64_t cr4_read(void)
{
	uint64_t value;

	__asm__ volatile("movq %%cr4, %0" : "=r"(value) : : "memory");
	return value;
}

static inline void cr4_write(uint64_t value)
{
	__asm__ volatile("movq %0, %%cr4" : : "r"(value) : "memory");
}

#endif
