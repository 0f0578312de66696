/* SPDX-License-Identifier: MIT */
/*
 * Names of the addresses of code. Any context, also a report of a fault:
 * nothing but a table of constants is read.
 */
#ifndef KERNEL_SYMBOLS_H
#define KERNEL_SYMBOLS_H

#include <lib/printf.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	SYMBOL_TEXT_BYTES = 80, /* room for what symbol_describe() says */
};

#ifdef CONFIG_SYMBOLS
/*
 * An address of code: "kmalloc+0x1c", and true, where it is in a function, else
 * "0xffffffff80101234". Without the option SYMBOLS that is said of all.
 */
bool symbol_describe(uint64_t address, char *text, size_t size_bytes);

/* The same of an address to which a call returns: the function that called
 * counts, even where the call is the last thing in it. */
bool symbol_describe_return(uint64_t address, char *text, size_t size_bytes);

/*
 * Call @told for each function, in the order of addresses, until it returns
 * false. In kernels with SYMBOLS_WALK. Any context.
 */
void symbols_walk(bool (*told)(void *context, uint64_t start, const char *name),
		  void *context);
#else
static inline bool symbol_describe(uint64_t address, char *text,
				   size_t size_bytes)
{
	snprintf(text, size_bytes, "0x%llx", (unsigned long long)address);
	return false;
}

static inline bool symbol_describe_return(uint64_t address, char *text,
					  size_t size_bytes)
{
	return symbol_describe(address, text, size_bytes);
}
#endif

#endif
