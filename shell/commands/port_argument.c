/* SPDX-License-Identifier: MIT */
/*
 * I/O ports as arguments of in and out. Any port can be asked: where there is
 * nothing, ones come.
 */
#include "port_argument.h"

#include "number_argument.h"

enum {
	PORT_LAST = 0xffff,
	BITS_USUAL = 8,
	BITS_MAX = 32,
	BITS_PER_BYTE = 8,
};

int shell_port_argument(const struct shell_args *args, int width_index,
			uint16_t *port, unsigned int *bits)
{
	struct shell_number number = { .what = "port", .is_hex = true };
	uint64_t value;
	int error;

	*bits = BITS_USUAL;
	error = shell_width_argument(args, width_index, BITS_MAX, bits);
	/* All bytes of a wide one are ports. */
	number.max = PORT_LAST + 1 - *bits / BITS_PER_BYTE;
	if (error == 0)
		error = shell_number_argument(args, 1, &number, &value);
	if (error == 0)
		*port = (uint16_t)value;
	return error;
}
