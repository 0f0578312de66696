/* SPDX-License-Identifier: MIT */
/*
 * mouse: where it points and what is pressed.
 */
#include <drivers/mouse.h>
#include <kernel/console.h>
#include <kernel/errno.h>
#include <shell/command.h>
#include <shell/command_page.h>

static int mouse_run(const struct shell_args *args)
{
	const struct mouse_state state = mouse_state_get();

	if (args->count != 1)
		return shell_usage(args);
	if (!state.is_there) {
		console_printf("There is no mouse.\n");
		return -ENODEV;
	}
	console_printf("At column %u, row %u:%s%s%s\n", state.column, state.row,
		       state.buttons & MOUSE_LEFT ? " left" : "",
		       state.buttons & MOUSE_MIDDLE ? " middle" : "",
		       state.buttons & MOUSE_RIGHT ? " right" : "");
	if (state.has_wheel)
		console_printf("Wheel: %d\n", state.wheel);
	console_printf("%llu packets, %llu bytes that were none\n",
		       (unsigned long long)state.packets,
		       (unsigned long long)state.dropped);
	return 0;
}

SHELL_COMMAND(mouse, "", "tell where the mouse points", mouse_run);

SHELL_COMMAND_PAGE(mouse,
		   "Tells the cell that the mouse points at, the buttons that\n"
		   "are down, how far the wheel was turned, and how much the\n"
		   "mouse has told. Bytes that were no packet point to a line\n"
		   "that loses some.\n");
