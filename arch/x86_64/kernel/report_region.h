/* SPDX-License-Identifier: MIT */
/*
 * To whom an address belongs, for reports. Any context; the page tables are
 * those that the CPU has, also before paging_init(). Where these lead nowhere
 * it may fault: so it belongs behind what must be told.
 */
#ifndef ARCH_KERNEL_REPORT_REGION_H
#define ARCH_KERNEL_REPORT_REGION_H

#include <arch/paging.h>

enum {
	REGION_TEXT_BYTES = 160, /* room for what is said */
};

/* As page_query(), by the tables that CR3 has. */
int report_query(uint64_t address, struct page_mapping *mapping);

/* "in the kernel's text, 0x1234 bytes from its start, mapped read-only,
 * executable"; an address below a stack is an overflow of that or not by the
 * stack pointer of what is reported: see area_describe(). */
void report_region_describe(uint64_t address, uint64_t stack_pointer,
			    char *text, size_t size_bytes);

#endif
