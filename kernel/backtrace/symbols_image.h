/* SPDX-License-Identifier: MIT */
/*
 * The table of names that is in the image.
 */
#ifndef KERNEL_BACKTRACE_SYMBOLS_IMAGE_H
#define KERNEL_BACKTRACE_SYMBOLS_IMAGE_H

#include "symbol_table.h"

/* From the linker script. Without anything in between where the image is
 * linked for the first time, so that the table can be made. */
extern const uint8_t symbols_start[], symbols_end[];

static inline struct symbol_table symbols_image(void)
{
	return (struct symbol_table){
		symbols_start,
		(size_t)((uintptr_t)symbols_end - (uintptr_t)symbols_start),
	};
}

#endif
