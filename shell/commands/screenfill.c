/* SPDX-License-Identifier: MIT */
/*
 * screenfill: the whole screen in one colour. The text console goes on where
 * it was.
 */
#include "color_argument.h"
#include <kernel/console.h>
#include <kernel/errno.h>
#include <shell/command.h>
#include <shell/command_page.h>
#include <shell/complete.h>
#include <video/framebuffer.h>

static int screenfill_run(const struct shell_args *args)
{
	const struct surface *surface;
	struct rect all = { .x = 0, .y = 0 };
	uint32_t rgb;
	int error;

	if (args->count != 2)
		return shell_usage(args);
	error = shell_color_argument(args->words[1], false, &rgb);
	if (error != 0)
		return error;
	surface = framebuffer_surface();
	if (surface == NULL) {
		console_printf("There is no framebuffer to draw on.\n");
		return -ENODEV;
	}
	all.width = surface->width;
	all.height = surface->height;
	surface_fill_rect(surface, all, rgb);
	return 0;
}

static void screenfill_complete(struct shell_complete *complete)
{
	if (complete->index == 1)
		shell_color_complete(complete, false);
}
SHELL_COMPLETION(screenfill, screenfill_complete);

SHELL_COMMAND(screenfill, "<color>", "fill the screen with a colour",
	      screenfill_run);

SHELL_COMMAND_PAGE(
	screenfill,
	"Fills the whole screen with a color. The text goes on where it was.\n"
	"Colors: white red green blue cyan yellow magenta black gray orange\n"
	"Example: screenfill blue\n"
	"A color that is none of them is told.\n");
