/* SPDX-License-Identifier: MIT */
/*
 * What the CPU tells about itself (Intel SDM vol. 2, CPUID). Bits are named by
 * the register that holds them; entry.S, which is assembly, has its own names
 * for the few it needs.
 */
#ifndef ARCH_KERNEL_CPUID_H
#define ARCH_KERNEL_CPUID_H

#include <arch/cpu_id.h>
#include <kernel/types.h>

enum cpuid_leaf {
	CPUID_HIGHEST = 0,
	CPUID_FEATURES = 1,
	CPUID_MORE_FEATURES = 7,
	CPUID_EXT_HIGHEST = 0x80000000U,
	CPUID_EXT_FEATURES = 0x80000001U,
	CPUID_EXT_ADDRESS_BITS = 0x80000008U,
};

/* Of CPUID_FEATURES. */
enum cpuid_features {
	CPUID_EDX_APIC = 1 << 9,
	CPUID_EDX_MTRR = 1 << 12,
	CPUID_EDX_PGE = 1 << 13,
	CPUID_EDX_MCA = 1 << 14,
	CPUID_ECX_RDRAND = 1 << 30,
};

/* No CPU sets it, so hypervisors do; QEMU in every of its models. */
#define CPUID_ECX_HYPERVISOR (1U << 31)

/* Of CPUID_MORE_FEATURES. */
enum cpuid_more_features {
	CPUID_EBX_SMEP = 1 << 7,
	CPUID_EBX_SMAP = 1 << 20,
	CPUID_ECX_UMIP = 1 << 2,
	CPUID_EDX_IBT = 1 << 20,
};

/* Of CPUID_EXT_FEATURES. */
enum cpuid_ext_features {
	CPUID_EDX_PAGE_1GIB = 1 << 26,
};

/* A leaf of CPUID, subleaf 0: see cpu_id_sub(). */
static inline struct cpu_id cpu_id(uint32_t leaf)
{
	return cpu_id_sub(leaf, 0);
}

/* EDX of a leaf: most keep their feature bits there. */
static inline uint32_t cpu_features(uint32_t leaf)
{
	return cpu_id(leaf).edx;
}

#endif
