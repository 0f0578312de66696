/* SPDX-License-Identifier: MIT */
/*
 * How the machine caches physical memory: reads the memory type range
 * registers (Intel SDM vol. 3, 12.11, and vol. 4, table 2-2). The firmware has
 * set them; they are asked and never written.
 */
#include <arch/paging.h>

#include "cpuid.h"
#include "msr.h"
#include "mtrr.h"

enum mtrr_msr {
	MSR_MTRR_CAP = 0xfe,
	MSR_MTRR_PHYS_BASE_0 = 0x200, /* then its mask, then those of 1 ... */
	MSR_MTRR_PHYS_MASK_0 = 0x201,
	MSR_MTRR_DEF_TYPE = 0x2ff,
};

#define MTRR_CAP_VARIABLE_COUNT 0xffUL
#define MTRR_CAP_FIXED          (1UL << 8)

static const uint16_t fixed_msrs[MTRR_FIXED_COUNT] = {
	0x250, 0x258, 0x259, 0x268, 0x269, 0x26a,
	0x26b, 0x26c, 0x26d, 0x26e, 0x26f,
};

static void mtrr_read(struct mtrr *mtrr)
{
	const uint64_t cap = cpu_read_msr(MSR_MTRR_CAP);

	mtrr->default_type = cpu_read_msr(MSR_MTRR_DEF_TYPE);
	if ((cap & MTRR_CAP_FIXED) == 0)
		mtrr->default_type &= ~MTRR_DEFAULT_FIXED_ENABLED;
	else
		for (size_t i = 0; i < MTRR_FIXED_COUNT; i++)
			mtrr->fixed[i] = cpu_read_msr(fixed_msrs[i]);
	mtrr->variable_count = cap & MTRR_CAP_VARIABLE_COUNT;
	if (mtrr->variable_count > MTRR_VARIABLE_MAX)
		mtrr->variable_count = MTRR_VARIABLE_MAX;
	for (size_t i = 0; i < mtrr->variable_count; i++) {
		const uint32_t next = 2 * (uint32_t)i;

		mtrr->variable[i].base =
			cpu_read_msr(MSR_MTRR_PHYS_BASE_0 + next);
		mtrr->variable[i].mask =
			cpu_read_msr(MSR_MTRR_PHYS_MASK_0 + next);
	}
}

enum memory_type memory_type_of(phys_addr_t start, size_t size_bytes)
{
	struct mtrr mtrr = { 0 };

	if ((cpu_features(CPUID_FEATURES) & CPUID_EDX_MTRR) == 0)
		return MEMORY_TYPE_UNKNOWN;
	mtrr_read(&mtrr);
	switch (mtrr_type_of(&mtrr, start.value, size_bytes)) {
	case MTRR_UNCACHED:
		return MEMORY_TYPE_UNCACHED;
	case MTRR_WRITE_BACK:
		return MEMORY_TYPE_WRITE_BACK;
	case MTRR_NONE:
		return MEMORY_TYPE_UNKNOWN;
	default:
		return MEMORY_TYPE_OTHER;
	}
}
