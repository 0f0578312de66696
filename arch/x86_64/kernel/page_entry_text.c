/* SPDX-License-Identifier: MIT */
/*
 * The bits of an entry by the manual's names, PURE (Intel SDM vol. 3, tables
 * 4-15 to 4-20).
 */
#include <kernel/util.h>
#include <lib/printf.h>
#include <lib/string.h>

#include "page_entry.h"

static const struct {
	uint64_t bit;
	const char *name;
	/* The levels at which it has that name: a page's or a table's bits. */
	bool in_small_page, in_large_page, in_table;
} bits[] = {
	{ ENTRY_PRESENT, "P", true, true, true },
	{ ENTRY_WRITE, "RW", true, true, true },
	{ ENTRY_USER, "US", true, true, true },
	{ ENTRY_PWT, "PWT", true, true, true },
	{ ENTRY_PCD, "PCD", true, true, true },
	{ ENTRY_ACCESSED, "A", true, true, true },
	{ ENTRY_DIRTY, "D", true, true, false },
	{ ENTRY_LARGE, "PS", false, true, false },
	{ ENTRY_PAT, "PAT", true, false, false },
	{ ENTRY_GLOBAL, "G", true, true, false },
	{ ENTRY_PAT_LARGE, "PAT", false, true, false },
	{ ENTRY_NO_EXECUTE, "XD", true, true, true },
};

void page_entry_describe(uint64_t entry, unsigned int level, char *text,
			 size_t size_bytes)
{
	const bool is_page = entry_is_page(entry, (int)level);
	const char *separator = "";
	size_t used = 0;

	snprintf(text, size_bytes, "not present");
	if (!entry_is_present(entry))
		return;
	for (size_t i = 0; i < ARRAY_SIZE(bits); i++) {
		const bool counts = !is_page            ? bits[i].in_table
				    : level == LEVEL_PT ? bits[i].in_small_page
							: bits[i].in_large_page;

		if (!counts || (entry & bits[i].bit) == 0)
			continue;
		snprintf(text + used, size_bytes - used, "%s%s", separator,
			 bits[i].name);
		used += strlen(text + used);
		separator = " ";
	}
}
