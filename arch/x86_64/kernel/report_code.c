/* SPDX-License-Identifier: MIT */
/*
 * Memory in a report: the bytes of code around RIP, the way through the page
 * tables. Nothing is read that the tables do not map.
 */
#include <arch/paging.h>
#include <kernel/console.h>
#include <kernel/kasan.h>
#include <kernel/util.h>

#include "page_entry.h"
#include "report_machine.h"
#include "report_region.h"

enum {
	CODE_BEFORE = 12,
	CODE_BYTES = 24, /* a line of 80 columns */
};

static bool is_mapped(uint64_t address)
{
	struct page_mapping mapping;

	return report_query(address, &mapping) == 0;
}

static void print_byte(uint64_t address, bool is_here)
{
	const volatile uint8_t *byte = virt_addr_pointer(virt_addr(address));
	const char *open = is_here ? "<" : "", *close = is_here ? ">" : "";

	if (is_mapped(address))
		console_printf(" %s%02x%s", open, *byte, close);
	else
		console_printf(" %s--%s", open, close);
}

void report_code(const void *subject)
{
	const struct trap_event *const event = subject;
	const uint64_t rip = event->frame.rip;

	kasan_pause(); /* it may be anybody's memory */
	console_printf("code:");
	for (uint64_t i = 0; i < CODE_BYTES; i++)
		print_byte(rip - CODE_BEFORE + i, i == CODE_BEFORE);
	console_put_char('\n');
	kasan_go_on();
}

void report_walk(const void *subject)
{
	const struct trap_event *const event = subject;
	static const char *const levels[PAGE_LEVELS] = { "PML4", "PDPT", "PD",
							 "PT" };
	struct page_mapping mapping;

	if (event->frame.vector != VECTOR_PAGE_FAULT)
		return;
	report_query(event->cr2, &mapping);
	for (unsigned int i = 0; i < mapping.entry_count; i++) {
		const int level = (int)(PAGE_LEVELS - i);
		char text[PAGE_ENTRY_TEXT_BYTES];

		page_entry_describe(mapping.entries[i], (unsigned int)level,
				    text, sizeof(text));
		console_printf("%s[%u] = %016lx %s\n", levels[i],
			       index_at(event->cr2, level), mapping.entries[i],
			       text);
	}
}
