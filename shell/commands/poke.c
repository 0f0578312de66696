/* SPDX-License-Identifier: MIT */
/*
 * poke: writes memory at a virtual address, by one access. It is not read
 * back: with a device's registers that may do something.
 */
#include <arch/memory.h>
#include <kernel/types.h>
#include <shell/command.h>
#include <shell/command_page.h>

#include "memory_argument.h"
#include "number_argument.h"

enum {
	BITS_USUAL = 32,
	BITS_MAX = 64,
	BITS_PER_BYTE = 8,
};

static int poke_run(const struct shell_args *args)
{
	struct shell_number number = { .what = "value" };
	unsigned int bits = BITS_USUAL;
	virt_addr_t address;
	uint64_t value;
	int error;

	if (args->count < 3 || args->count > 4)
		return shell_usage(args);
	error = shell_address_argument(args, &address);
	if (error == 0)
		error = shell_width_argument(args, 3, BITS_MAX, &bits);
	number.max = UINT64_MAX >> (BITS_MAX - bits);
	if (error == 0)
		error = shell_number_argument(args, 2, &number, &value);
	if (error == 0)
		error = shell_memory_check(args, address, bits / BITS_PER_BYTE,
					   true);
	if (error == 0)
		memory_store(address, bits / BITS_PER_BYTE, value);
	return error;
}

SHELL_COMMAND(poke, "<hex> <value> [8|16|32|64]", "write memory at an address",
	      poke_run);

SHELL_COMMAND_PAGE(
	poke,
	"Writes a value to memory at a virtual address (hexadecimal), by\n"
	"one access of 8, 16, 32 or 64 bits, 32 unless told. The value is\n"
	"decimal, or hexadecimal behind 0x. Nothing is read back. An\n"
	"address at which nothing is mapped, or a page that is read-only,\n"
	"is told; all else is for you to know.\n"
	"Example: poke 444444440000 0x1234 16\n");
