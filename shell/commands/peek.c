/* SPDX-License-Identifier: MIT */
/*
 * peek: what memory holds at a virtual address, read by one access.
 */
#include <arch/memory.h>
#include <kernel/console.h>
#include <kernel/types.h>
#include <shell/command.h>
#include <shell/command_page.h>

#include "memory_argument.h"
#include "number_argument.h"

enum {
	BITS_USUAL = 32,
	BITS_MAX = 64,
	BITS_PER_BYTE = 8,
	BITS_PER_DIGIT = 4,
};

static int peek_run(const struct shell_args *args)
{
	unsigned int bits = BITS_USUAL;
	virt_addr_t address;
	int error;

	if (args->count < 2 || args->count > 3)
		return shell_usage(args);
	error = shell_address_argument(args, &address);
	if (error == 0)
		error = shell_width_argument(args, 2, BITS_MAX, &bits);
	if (error == 0)
		error = shell_memory_check(args, address, bits / BITS_PER_BYTE,
					   false);
	if (error != 0)
		return error;
	console_printf("0x%lx: 0x%0*lx\n", address.value,
		       (int)(bits / BITS_PER_DIGIT),
		       memory_load(address, bits / BITS_PER_BYTE));
	return 0;
}

SHELL_COMMAND(peek, "<hex> [8|16|32|64]", "read memory at an address",
	      peek_run);

SHELL_COMMAND_PAGE(
	peek,
	"Reads memory at a virtual address (hexadecimal), by one access\n"
	"of 8, 16, 32 or 64 bits, 32 unless told. RAM is at PHYS_MAP_BASE\n"
	"plus its physical address. An address at which nothing is mapped\n"
	"is told, and whose edge it is.\n"
	"Example: peek ffff8000000b8000 16\n");
