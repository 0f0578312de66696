/* SPDX-License-Identifier: MIT */
/*
 * The address space of a kernel without memory management: that of entry.S, in
 * which all of the first 4 GiB may be written to and executed.
 */
#include <arch/paging.h>
#include <kernel/log.h>

#include "layout.h"

void *phys_to_virt(phys_addr_t address)
{
	return virt_addr_pointer(
		virt_addr(CONFIG_PHYS_MAP_BASE + address.value));
}

void paging_init(void)
{
	log_info("paging: %d GiB at 0x%lx, all of it writable", BOOT_MAPPED_GIB,
		 CONFIG_PHYS_MAP_BASE);
}
