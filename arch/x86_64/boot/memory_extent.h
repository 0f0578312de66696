/* SPDX-License-Identifier: MIT */
/*
 * How far memory really reaches, PURE.
 */
#ifndef ARCH_BOOT_MEMORY_EXTENT_H
#define ARCH_BOOT_MEMORY_EXTENT_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Of [@base, @end) the end of what is there without a gap, in whole pages of 4
 * KiB from @base's on; @base where nothing is. @is_there tells it of an
 * address, a multiple of 8. It is asked at 32 places, 2 MiB or more apart, at
 * the end, and up to 24 times more where it has said no: a gap that is smaller
 * may be missed.
 */
uint64_t memory_extent(uint64_t base, uint64_t end,
		       bool (*is_there)(uint64_t address));

#endif
