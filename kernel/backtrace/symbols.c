/* SPDX-License-Identifier: MIT */
/*
 * Names of the addresses of code, from the table in the image.
 */
#include <kernel/symbols.h>

#include "symbol_table.h"
#include "symbols_image.h"

/* @distance is how far into the function what counts lies before @address. */
static bool describe(uint64_t address, uint64_t distance, char *text,
		     size_t size_bytes)
{
	const struct symbol_table table = symbols_image();
	struct symbol symbol;

	if (!symbol_table_find(&table, address - distance, &symbol)) {
		snprintf(text, size_bytes, "0x%llx",
			 (unsigned long long)address);
		return false;
	}
	snprintf(text, size_bytes, "%s+0x%llx", symbol.name,
		 (unsigned long long)(address - symbol.start));
	return true;
}

bool symbol_describe(uint64_t address, char *text, size_t size_bytes)
{
	return describe(address, 0, text, size_bytes);
}

bool symbol_describe_return(uint64_t address, char *text, size_t size_bytes)
{
	return describe(address, 1, text, size_bytes);
}
