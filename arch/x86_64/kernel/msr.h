/* SPDX-License-Identifier: MIT */
/*
 * What the CPU tells about itself, and its model-specific registers.
 */
#ifndef ARCH_KERNEL_MSR_H
#define ARCH_KERNEL_MSR_H

#include <kernel/types.h>

struct cpu_id {
	uint32_t eax, ebx, ecx, edx;
};

/* A leaf of CPUID, subleaf 0. One above the highest (EAX of leaf 0) has any
 * content. */
static inline struct cpu_id cpu_id(uint32_t leaf)
{
	struct cpu_id id = { .eax = leaf, .ecx = 0 };

	__asm__("cpuid"
		: "+a"(id.eax), "=b"(id.ebx), "+c"(id.ecx), "=d"(id.edx));
	return id;
}

/* EDX of a leaf: most keep their feature bits there. */
static inline uint32_t cpu_features(uint32_t leaf)
{
	return cpu_id(leaf).edx;
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
