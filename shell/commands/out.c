/* SPDX-License-Identifier: MIT */
/*
 * out: writes to an I/O port.
 */
#include <arch/io.h>
#include <kernel/types.h>
#include <shell/command.h>
#include <shell/command_page.h>

#include "number_argument.h"
#include "port_argument.h"

enum {
	WIDTH_INDEX = 3,
	BITS_MAX = 32,
};

static void write_port(uint16_t port, unsigned int bits, uint32_t value)
{
	switch (bits) {
	case 8:
		io_write8(port, (uint8_t)value);
		break;
	case 16:
		io_write16(port, (uint16_t)value);
		break;
	default:
		io_write32(port, value);
	}
}

static int out_run(const struct shell_args *args)
{
	struct shell_number number = { .what = "value" };
	unsigned int bits;
	uint64_t value;
	uint16_t port;
	int error;

	if (args->count < 3 || args->count > 4)
		return shell_usage(args);
	error = shell_port_argument(args, WIDTH_INDEX, &port, &bits);
	if (error != 0)
		return error;
	number.max = UINT32_MAX >> (BITS_MAX - bits);
	error = shell_number_argument(args, 2, &number, &value);
	if (error == 0)
		write_port(port, bits, (uint32_t)value);
	return error;
}

SHELL_COMMAND(out, "<hex> <value> [8|16|32]", "write to an I/O port", out_run);

SHELL_COMMAND_PAGE(
	out,
	"Writes a value to an I/O port (hexadecimal), 8 bits unless told.\n"
	"The value is decimal, or hexadecimal behind 0x. What it does is\n"
	"for you to know.\n"
	"Example: out cf8 0x80000000 32\n");
