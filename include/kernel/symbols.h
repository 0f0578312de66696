/* SPDX-License-Identifier: MIT */
/*
 * Names of the addresses of code. Any context, also a report of a fault.
 */
#ifndef KERNEL_SYMBOLS_H
#define KERNEL_SYMBOLS_H

#include <lib/printf.h>
#include <stddef.h>
#include <stdint.h>

enum {
	SYMBOL_TEXT_BYTES = 80, /* room for what symbol_describe() says */
};

/* An address of code, as "kmalloc+0x1c" with SYMBOLS, where it is in a
 * function, else as "0xffffffff80101234". */
static inline void symbol_describe(uint64_t address, char *text,
				   size_t size_bytes)
{
	snprintf(text, size_bytes, "0x%llx", (unsigned long long)address);
}

/* The same of an address to which a call returns: the function that called
 * counts, even where the call is the last thing in it. */
static inline void symbol_describe_return(uint64_t address, char *text,
					  size_t size_bytes)
{
	symbol_describe(address, text, size_bytes);
}

#endif
