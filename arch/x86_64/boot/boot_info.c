/* SPDX-License-Identifier: MIT */
/*
 * The one copy of what the loader told, and what the kernel cannot do without.
 */
#include <arch/boot_info.h>
#include <kernel/errno.h>
#include <kernel/log.h>
#include <kernel/panic.h>

#include "../kernel/image.h"
#include "../kernel/layout.h"
#include "boot_loader.h"
#include "boot_module.h"
#include "memory_probe.h"
#include "multiboot2.h"
#include "pvh.h"

static_assert(BOOT_MAPPED_BYTES == BOOT_MAPPED_GIB * 0x40000000UL,
	      "entry.S maps what the contract says");

/* Physical address of the loader's information, from entry.S. */
uint64_t boot_loader_data;

static struct boot_info boot_info;

const struct boot_info *boot_info_get(void)
{
	return &boot_info;
}

static bool has_usable_memory(const struct boot_info *info)
{
	for (size_t i = 0; i < info->range_count; i++) {
		if (info->ranges[i].kind == BOOT_RANGE_USABLE)
			return true;
	}
	return false;
}

/* Both give the bytes of the information at boot_loader_data. */
static size_t read_multiboot2(void)
{
	const void *data = phys_to_virt(phys_addr(boot_loader_data));
	const size_t size = multiboot2_size(data);

	if (size == 0)
		panic("boot: the loader's information has no sensible size");
	if (multiboot2_parse(data, size, &boot_info) != 0)
		log_warn("boot: the loader's information ends too early");
	return size;
}

static size_t read_pvh(void)
{
	const struct pvh_memory memory = {
		.bytes = phys_to_virt(phys_addr(0)),
		.size = BOOT_MAPPED_BYTES,
	};
	int error = pvh_parse(&memory, boot_loader_data, &boot_info);

	if (error == -EINVAL)
		panic("boot: the loader gave no PVH start info");
	if (error != 0)
		log_warn("boot: parts of the PVH start info make no sense");
	return PVH_START_BYTES;
}

static size_t read_loader_data(void)
{
	if (boot_loader_is_pvh())
		return read_pvh();
	return read_multiboot2();
}

void boot_info_init(void)
{
	const size_t size = read_loader_data();

	boot_modules_note(boot_loader_data, size);
	memory_probe(&boot_info);
	if (!has_usable_memory(&boot_info))
		panic("boot: the loader gave no memory map; "
		      "start this kernel with " BOOT_LOADERS);
	if (boot_info.ranges_dropped != 0)
		log_warn("boot: %zu memory ranges had no room and are not used",
			 boot_info.ranges_dropped);
	if (boot_info.command_line[0] != '\0')
		log_info("boot: command line: %s", boot_info.command_line);
	if (boot_info.command_line_is_cut)
		log_warn("boot: the command line is longer than %d characters; "
			 "the rest of it is not read",
			 BOOT_LINE_MAX - 1);
	boot_info.loader_data = (struct boot_range){
		.base = boot_loader_data,
		.size = size,
		.kind = BOOT_RANGE_RESERVED,
	};
	boot_info.image = (struct boot_range){
		.base = virt_addr_of(image_start).value,
		.size = (size_t)(image_end - image_start),
		.kind = BOOT_RANGE_RESERVED,
	};
	log_info("boot: %s, %zu memory ranges, %zu modules",
		 boot_info.loader_name[0] ? boot_info.loader_name
					  : "a loader without a name",
		 boot_info.range_count, boot_info.module_count);
}
