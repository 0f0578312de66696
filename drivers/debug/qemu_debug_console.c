/* SPDX-License-Identifier: MIT */
/*
 * QEMU's isa-debugcon device as a console sink: a byte written to its port is
 * in the host's file at once. Where the device is, the port reads as its own
 * number.
 */
#include <arch/io.h>
#include <kernel/console.h>

enum {
	DEBUG_CONSOLE_PORT = 0xe9,
	DEBUG_CONSOLE_HERE = 0xe9,
};

static void debug_console_write(const char *text, size_t length)
{
	if (io_read8(DEBUG_CONSOLE_PORT) != DEBUG_CONSOLE_HERE)
		return;
	for (size_t i = 0; i < length; i++)
		io_write8(DEBUG_CONSOLE_PORT, (uint8_t)text[i]);
}

static const struct console_sink debug_console_sink = {
	.name = "debug",
	.write = debug_console_write,
};
CONSOLE_SINK(debug_console_sink);
