/* SPDX-License-Identifier: MIT */
/*
 * The types of cache by their names, for commands that tell of pages.
 */
#ifndef SHELL_COMMANDS_PAGE_CACHE_H
#define SHELL_COMMANDS_PAGE_CACHE_H

#include <arch/paging.h>

static inline const char *page_cache_name(enum page_flags flags)
{
	if (flags & PAGE_UNCACHED)
		return "uncached";
	if (flags & PAGE_WRITE_COMBINING)
		return "write-combining";
	return flags & PAGE_WRITE_THROUGH ? "write-through" : "write-back";
}

#endif
