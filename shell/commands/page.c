/* SPDX-License-Identifier: MIT */
/*
 * page: a virtual address, taken apart as the hardware walks it. It shows
 * where the tables would be looked into; what stands there, with
 * SHELL_CMD_PAGE_WALK.
 */
#include <arch/paging.h>
#include <kernel/console.h>
#include <kernel/errno.h>
#include <kernel/util.h>
#include <lib/parse.h>
#include <shell/command.h>
#include <shell/command_page.h>
#include <shell/error.h>

#include "page_walk.h"

static int parse_address(const char *text, virt_addr_t *address)
{
	const char *reason = "";
	int error = parse_hex_u64(text, &address->value);

	if (error == -ERANGE) {
		reason = ": over 64 bits";
	} else if (error == 0 && !virt_addr_is_canonical(*address)) {
		reason = ": not canonical (bits 63 to 47 must be alike)";
		error = -ERANGE;
	}
	if (error != 0) {
		console_printf("Invalid hex address: %s%s\n", text, reason);
		shell_error_mark(text);
	}
	return error;
}

static int page_run(const struct shell_args *args)
{
	virt_addr_t address;
	struct page_path path;
	int error;

	if (args->count != 2)
		return shell_usage(args);
	error = parse_address(args->words[1], &address);
	if (error != 0)
		return error;
	path = page_path_of(address);
	console_printf("Virtual address: 0x%016llx\n",
		       (unsigned long long)address.value);
	console_printf("PML4 index: %u\nPDPT index: %u\n", path.pml4,
		       path.pdpt);
	console_printf("PD index: %u\nPT index: %u\nPage offset: 0x%03x\n",
		       path.pd, path.pt, path.offset);
	if (IS_ENABLED(CONFIG_SHELL_CMD_PAGE_WALK))
		page_walk_print(address);
	return 0;
}

SHELL_COMMAND(page, "<hex>", "show the page-table path of a virtual address",
	      page_run);

SHELL_COMMAND_PAGE(
	page,
	"Shows through which entries of the page tables a virtual address\n"
	"(hexadecimal, with or without 0x) leads: the index into each table\n"
	"and the offset in the page. In kernels with SHELL_CMD_PAGE_WALK\n"
	"also what stands there, and the physical address.\n"
	"Example: page b8000\n"
	"One that is no number, over 64 bits or not canonical is told.\n");
