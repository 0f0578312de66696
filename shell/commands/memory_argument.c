/* SPDX-License-Identifier: MIT */
/*
 * What may be read and written, by the page tables: so a wrong address is a
 * sentence and no fault.
 */
#include "memory_argument.h"

#include <arch/paging.h>
#include <kernel/area.h>
#include <kernel/errno.h>
#include <lib/printf.h>
#include <shell/error.h>

#include "number_argument.h"

int shell_address_argument(const struct shell_args *args, virt_addr_t *address)
{
	static const struct shell_number number = {
		.what = "address",
		.is_hex = true,
		.max = UINT64_MAX,
	};

	return shell_number_argument(args, 1, &number, &address->value);
}

/* Why an address is not mapped; whose edge it is, where it is anybody's. */
static void describe_absence(virt_addr_t address, int error, char *why)
{
	char owner[AREA_TEXT_BYTES];

	if (error == -EINVAL)
		snprintf(why, MEMORY_WHY_BYTES,
			 "not canonical (bits 63 to 47 must be alike)");
	else if (area_describe(&kernel_areas, address.value, 0, owner,
			       sizeof(owner)))
		snprintf(why, MEMORY_WHY_BYTES, "nothing is mapped there (%s)",
			 owner);
	else
		snprintf(why, MEMORY_WHY_BYTES, "nothing is mapped there");
}

size_t shell_memory_reach(virt_addr_t address, size_t size_bytes, bool write,
			  char *why)
{
	struct page_mapping page;
	size_t reach = 0;

	while (reach < size_bytes) {
		const virt_addr_t at = virt_addr(address.value + reach);
		const int error = page_query(at, &page);

		if (error != 0) {
			describe_absence(at, error, why);
			return reach;
		}
		if (write && !(page.flags & PAGE_WRITE)) {
			snprintf(why, MEMORY_WHY_BYTES,
				 "its page is read-only");
			return reach;
		}
		reach += page.size_bytes - (at.value & (page.size_bytes - 1));
	}
	return size_bytes;
}

int shell_memory_check(const struct shell_args *args, virt_addr_t address,
		       size_t size_bytes, bool write)
{
	char why[MEMORY_WHY_BYTES];
	const size_t reach =
		shell_memory_reach(address, size_bytes, write, why);

	if (reach == size_bytes)
		return 0;
	shell_error_at(args, 1, "Invalid address: 0x%lx: %s\n",
		       address.value + reach, why);
	return -EFAULT;
}
