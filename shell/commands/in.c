/* SPDX-License-Identifier: MIT */
/*
 * in: what an I/O port gives.
 */
#include <arch/io.h>
#include <kernel/console.h>
#include <kernel/types.h>
#include <shell/command.h>
#include <shell/command_page.h>

#include "port_argument.h"

enum {
	WIDTH_INDEX = 2,
	BITS_PER_DIGIT = 4,
};

static uint32_t read_port(uint16_t port, unsigned int bits)
{
	switch (bits) {
	case 8:
		return io_read8(port);
	case 16:
		return io_read16(port);
	default:
		return io_read32(port);
	}
}

static int in_run(const struct shell_args *args)
{
	unsigned int bits;
	uint16_t port;
	int error;

	if (args->count < 2 || args->count > 3)
		return shell_usage(args);
	error = shell_port_argument(args, WIDTH_INDEX, &port, &bits);
	if (error != 0)
		return error;
	console_printf("0x%x: 0x%0*x\n", port, (int)(bits / BITS_PER_DIGIT),
		       read_port(port, bits));
	return 0;
}

SHELL_COMMAND(in, "<hex> [8|16|32]", "read an I/O port", in_run);

SHELL_COMMAND_PAGE(
	in, "Reads an I/O port (hexadecimal), 8 bits unless told. Where there\n"
	    "is no device, all bits are ones. To read may take something away\n"
	    "from a device.\n"
	    "Example: in 3fd\n");
