/* SPDX-License-Identifier: MIT */
/*
 * I/O ports as arguments of in and out.
 */
#ifndef SHELL_COMMANDS_PORT_ARGUMENT_H
#define SHELL_COMMANDS_PORT_ARGUMENT_H

#include <kernel/types.h>
#include <shell/command.h>

/*
 * Word 1 of a line as a port and, if it has it, word @width_index as a width,
 * which is 8 bits otherwise. Returns 0, or -Exxx after a sentence.
 */
int shell_port_argument(const struct shell_args *args, int width_index,
			uint16_t *port, unsigned int *bits);

#endif
