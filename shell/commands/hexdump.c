/* SPDX-License-Identifier: MIT */
/*
 * hexdump: memory from a virtual address on, byte by byte, as far as it is
 * mapped.
 */
#include <arch/memory.h>
#include <kernel/console.h>
#include <kernel/errno.h>
#include <kernel/types.h>
#include <shell/command.h>
#include <shell/command_page.h>
#include <shell/error.h>
#include <shell/interrupt.h>

#include "hex_line.h"
#include "memory_argument.h"
#include "number_argument.h"

enum {
	BYTES_USUAL = 128,
};

static void print_line(virt_addr_t address, size_t count)
{
	uint8_t bytes[HEX_LINE_BYTES];
	char text[HEX_LINE_TEXT];

	for (size_t i = 0; i < count; i++)
		bytes[i] =
			(uint8_t)memory_load(virt_addr(address.value + i), 1);
	hex_line_make(address.value, bytes, count, text);
	console_printf("%s\n", text);
}

/* 0, or -EFAULT where the memory ends before, after a sentence. */
static int dump(const struct shell_args *args, virt_addr_t address,
		uint64_t size_bytes)
{
	char why[MEMORY_WHY_BYTES];

	while (size_bytes > 0) {
		const size_t wanted = size_bytes < HEX_LINE_BYTES
					      ? (size_t)size_bytes
					      : HEX_LINE_BYTES;
		const size_t count =
			shell_memory_reach(address, wanted, false, why);

		if (count > 0)
			print_line(address, count);
		address.value += count;
		if (count < wanted) {
			shell_error_at(args, 1, "Invalid address: 0x%lx: %s\n",
				       address.value, why);
			return -EFAULT;
		}
		size_bytes -= count;
		if (shell_interrupted())
			return -EINTR;
	}
	return 0;
}

static int hexdump_run(const struct shell_args *args)
{
	struct shell_number number = { .what = "length" };
	uint64_t size_bytes = BYTES_USUAL;
	virt_addr_t address;
	int error;

	if (args->count < 2 || args->count > 3)
		return shell_usage(args);
	error = shell_address_argument(args, &address);
	if (error != 0)
		return error;
	/* Up to the end of all addresses, but for the last byte. */
	number.max = UINT64_MAX - address.value;
	if (args->count == 3)
		error = shell_number_argument(args, 2, &number, &size_bytes);
	else if (size_bytes > number.max)
		size_bytes = number.max;
	return error != 0 ? error : dump(args, address, size_bytes);
}

SHELL_COMMAND(hexdump, "<hex> [bytes]", "show memory from an address on",
	      hexdump_run);

SHELL_COMMAND_PAGE(
	hexdump,
	"Shows memory from a virtual address (hexadecimal) on, in\n"
	"hexadecimal and as text: 128 bytes unless told. It ends with a\n"
	"sentence where nothing is mapped any more. maps shows what is.\n"
	"Example: hexdump 444444440000 64\n");
