/* SPDX-License-Identifier: MIT */
/*
 * What the CPU tells about itself, and its model-specific registers.
 */
#ifndef ARCH_KERNEL_MSR_H
#define ARCH_KERNEL_MSR_H

#include <kernel/types.h>

/* EDX of a leaf of CPUID: the leaves used here keep feature bits there. */
static inline uint32_t cpu_features(uint32_t leaf)
{
	uint32_t eax = leaf, ebx, ecx = 0, edx;

	__asm__("cpuid" : "+a"(eax), "=b"(ebx), "+c"(ecx), "=d"(edx));
	return edx;
}

static inline uint64_t cpu_read_msr(uint32_t msr)
{
	uint32_t low, high;

	__asm__ volatile("rdmsr" : "=a"(low), "=d"(high) : "c"(msr));
	return (uint64_t)high << 32 | low;
}

static inline void cpu_write_msr(uint32_t msr, uint64_t value)
{
	__asm__ volatile("wrmsr"
			 :
			 : "c"(msr), "a"((uint32_t)value),
			   "d"((uint32_t)(value >> 32)));
}

#endif
