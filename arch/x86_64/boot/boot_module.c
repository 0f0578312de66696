/* SPDX-License-Identifier: MIT */
/*
 * The one copy of the modules' names.
 */
#include "boot_module.h"

#include <arch/boot_module.h>

#include "boot_loader.h"
#include "module_name.h"

static struct boot_module modules[BOOT_MODULES_MAX];
static size_t count;

void boot_modules_note(uint64_t data, size_t size)
{
	const struct pvh_memory memory = {
		.bytes = phys_to_virt(phys_addr(0)),
		.size = BOOT_MAPPED_BYTES,
	};

	if (boot_loader_is_pvh())
		count = module_names_pvh(&memory, data, modules);
	else
		count = module_names_multiboot2(phys_to_virt(phys_addr(data)),
						size, modules);
}

const struct boot_module *boot_module_get(size_t index)
{
	return index < count ? &modules[index] : NULL;
}

const char *boot_module_text(const struct boot_module *module)
{
	if (module->size > BOOT_MODULE_TEXT_MAX)
		return NULL;
	return (const char *)boot_loader_memory(module->base, module->size);
}
