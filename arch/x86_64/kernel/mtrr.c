/* SPDX-License-Identifier: MIT */
/*
 * Memory type range registers, PURE. The rules are those of the Intel SDM,
 * vol. 3, 12.11.2 (registers), 12.11.3 (masks) and 12.11.4.1 (overlaps).
 *
 * An address lies in a variable range where (address & mask) == (base & mask);
 * so within a block as large as the lowest bit of all masks one answer holds,
 * and a range is looked at in such steps. A mask with holes is no exception.
 */
#include "mtrr.h"

#include <stdbool.h>

enum {
	PAGE_BYTES = 4096,
	FIXED_END = 0x100000, /* the fixed ranges are the first MiB */
	TYPE_BITS = 8,
	STEPS_MAX = 1 << 16,
};

#define TYPE_MASK 0xffUL
#define PAGE_MASK (~(uint64_t)(PAGE_BYTES - 1))

/* One of the types that there are; else MTRR_NONE. */
static enum mtrr_type type_of_bits(uint64_t bits)
{
	switch (bits & TYPE_MASK) {
	case MTRR_UNCACHED:
	case MTRR_WRITE_COMBINING:
	case MTRR_WRITE_THROUGH:
	case MTRR_WRITE_PROTECTED:
	case MTRR_WRITE_BACK:
		return (enum mtrr_type)(bits & TYPE_MASK);
	default:
		return MTRR_NONE;
	}
}

/* Each register has eight parts: of 64 KiB up to 512 KiB, of 16 KiB up to
 * 768 KiB, then of 4 KiB. */
static enum mtrr_type fixed_type(const struct mtrr *mtrr, uint64_t address)
{
	uint64_t part;

	if (address < 0x80000)
		part = address / 0x10000;
	else if (address < 0xc0000)
		part = 8 + (address - 0x80000) / 0x4000;
	else
		part = 24 + (address - 0xc0000) / 0x1000;
	return type_of_bits(mtrr->fixed[part / 8] >> part % 8 * TYPE_BITS);
}

/* What two variable ranges make together: uncached wins, write-through wins
 * over write-back, anything else is undefined. */
static enum mtrr_type overlap(enum mtrr_type a, enum mtrr_type b)
{
	if (a == b)
		return a;
	if (a == MTRR_UNCACHED || b == MTRR_UNCACHED)
		return MTRR_UNCACHED;
	if ((a == MTRR_WRITE_THROUGH && b == MTRR_WRITE_BACK) ||
	    (a == MTRR_WRITE_BACK && b == MTRR_WRITE_THROUGH))
		return MTRR_WRITE_THROUGH;
	return MTRR_NONE;
}

static bool is_fixed(const struct mtrr *mtrr, uint64_t address)
{
	return address < FIXED_END &&
	       (mtrr->default_type & MTRR_DEFAULT_FIXED_ENABLED) != 0;
}

/* The type at one address, the registers being in use. */
static enum mtrr_type type_at(const struct mtrr *mtrr, uint64_t address)
{
	enum mtrr_type found = type_of_bits(mtrr->default_type);
	int matches = 0;

	if (is_fixed(mtrr, address))
		return fixed_type(mtrr, address);
	for (size_t i = 0; i < mtrr->variable_count; i++) {
		const uint64_t mask = mtrr->variable[i].mask & PAGE_MASK;
		const uint64_t base = mtrr->variable[i].base;
		const enum mtrr_type type = type_of_bits(base);

		if ((mtrr->variable[i].mask & MTRR_MASK_VALID) == 0 ||
		    ((address ^ base) & mask) != 0)
			continue;
		found = matches++ == 0 ? type : overlap(found, type);
	}
	return found;
}

/* How far from one look to the next: a power of two. */
static uint64_t step_of(const struct mtrr *mtrr, uint64_t start)
{
	uint64_t masks = is_fixed(mtrr, start) ? PAGE_BYTES : 1UL << 63;

	for (size_t i = 0; i < mtrr->variable_count; i++)
		if (mtrr->variable[i].mask & MTRR_MASK_VALID)
			masks |= mtrr->variable[i].mask & PAGE_MASK;
	return masks & -masks;
}

enum mtrr_type mtrr_type_of(const struct mtrr *mtrr, uint64_t start,
			    uint64_t size)
{
	const uint64_t step = step_of(mtrr, start);
	const uint64_t last = start + size - 1;
	enum mtrr_type type;

	if (size == 0 || last < start)
		return MTRR_NONE;
	if ((mtrr->default_type & MTRR_DEFAULT_ENABLED) == 0)
		return MTRR_UNCACHED;
	if (last / step - start / step > STEPS_MAX)
		return MTRR_NONE;
	type = type_at(mtrr, start);
	for (uint64_t block = start / step + 1; block <= last / step; block++)
		if (type_at(mtrr, block * step) != type)
			return MTRR_NONE;
	return type;
}
