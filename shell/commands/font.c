/* SPDX-License-Identifier: MIT */
/*
 * font: which fonts the console has, and another one.
 */
#include <kernel/console.h>
#include <kernel/errno.h>
#include <kernel/types.h>
#include <lib/string.h>
#include <shell/command.h>
#include <shell/command_page.h>
#include <shell/complete.h>
#include <shell/error.h>
#include <video/framebuffer.h>
#include <video/framebuffer_console.h>

/* All fonts, a line each; the one in use is marked. */
static void print_fonts(void)
{
	const char *name;

	for (size_t at = 0; (name = framebuffer_console_font_at(at)) != NULL;
	     at++)
		console_printf("%c %s\n",
			       strcmp(name, framebuffer_console_font_name()) ==
					       0
				       ? '*'
				       : ' ',
			       name);
}

static int choose(const struct shell_args *args)
{
	const char *name = args->words[1];
	const int error = framebuffer_console_choose_font(name);
	const struct font *font = framebuffer_console_font();

	switch (error) {
	case 0:
		console_printf("The font %s gives %u columns and %u rows.\n",
			       name, framebuffer_mode()->width / font->width,
			       framebuffer_mode()->height / font->height);
		break;
	case -ENOENT:
		shell_error_at(args, 1, "There is no font %s:\n", name);
		print_fonts();
		break;
	case -ENODEV:
		console_printf("The font cannot be changed: there is no text "
			       "on a framebuffer.\n");
		break;
	default:
		console_printf("The font cannot be changed: there is no memory "
			       "for its screen.\n");
	}
	return error;
}

static int font_run(const struct shell_args *args)
{
	if (args->count > 2)
		return shell_usage(args);
	if (args->count == 2)
		return choose(args);
	print_fonts();
	return 0;
}

static void font_complete(struct shell_complete *complete)
{
	const char *name;

	for (size_t at = 0; complete->index == 1 &&
			    (name = framebuffer_console_font_at(at)) != NULL;
	     at++)
		shell_complete_offer(complete, name);
}
SHELL_COMPLETION(font, font_complete);

SHELL_COMMAND(font, "[name]", "tell or set the console's font", font_run);

SHELL_COMMAND_PAGE(
	font, "Lists the fonts that the kernel has, the one of the console\n"
	      "marked, or gives it another one. The text stays, wrapped anew.\n"
	      "Example: font 16x32\n");
