/* SPDX-License-Identifier: MIT */
/*
 * Memory type range registers, PURE: what the CPU's registers say about a
 * range of physical memory (Intel SDM vol. 3, 12.11). Any context.
 */
#ifndef ARCH_KERNEL_MTRR_H
#define ARCH_KERNEL_MTRR_H

#include <stddef.h>
#include <stdint.h>

enum {
	MTRR_FIXED_COUNT = 11,
	MTRR_VARIABLE_MAX = 32,
};

/* Memory types, as the registers have them (12.3, table 12-2). */
enum mtrr_type {
	MTRR_UNCACHED = 0,
	MTRR_WRITE_COMBINING = 1,
	MTRR_WRITE_THROUGH = 4,
	MTRR_WRITE_PROTECTED = 5,
	MTRR_WRITE_BACK = 6,
	MTRR_NONE = 0xff, /* not one type for all of the range */
};

/* The values of the registers. Of the fixed ones, in the order of what they
 * tell of: 64K_00000, 16K_80000, 16K_A0000, 4K_C0000 to 4K_F8000. */
struct mtrr {
	uint64_t default_type; /* IA32_MTRR_DEF_TYPE */
	uint64_t fixed[MTRR_FIXED_COUNT];
	size_t variable_count; /* at most MTRR_VARIABLE_MAX */
	struct {
		uint64_t base; /* IA32_MTRR_PHYSBASEn */
		uint64_t mask; /* IA32_MTRR_PHYSMASKn */
	} variable[MTRR_VARIABLE_MAX];
};

#define MTRR_DEFAULT_ENABLED       (1UL << 11)
#define MTRR_DEFAULT_FIXED_ENABLED (1UL << 10)
#define MTRR_MASK_VALID            (1UL << 11)

/*
 * The type of the pages that [start, start + size) touches: one of the five,
 * or MTRR_NONE where it has parts of different types, is empty, passes the end
 * of the address space, or has more than 65,536 parts to look at. Where
 * registers overlap in a way that the manual leaves undefined, and for types
 * that it has not, the type is MTRR_NONE as well.
 */
enum mtrr_type mtrr_type_of(const struct mtrr *mtrr, uint64_t start,
			    uint64_t size);

#endif
