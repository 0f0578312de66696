/* SPDX-License-Identifier: MIT */
/*
 * What the CPU tells about itself (Intel SDM vol. 2, CPUID). Any context.
 */
#ifndef ARCH_CPU_ID_H
#define ARCH_CPU_ID_H

#include <kernel/types.h>

struct cpu_id {
	uint32_t eax, ebx, ecx, edx;
};

/* A leaf of CPUID. One above the highest (EAX of leaf 0, and of 0x80000000 for
 * those from there on) has any content. */
static inline struct cpu_id cpu_id_sub(uint32_t leaf, uint32_t subleaf)
{
	struct cpu_id id = { .eax = leaf, .ecx = subleaf };

	__asm__("cpuid"
		: "+a"(id.eax), "=b"(id.ebx), "+c"(id.ecx), "=d"(id.edx));
	return id;
}

#endif
