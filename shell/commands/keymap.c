/* SPDX-License-Identifier: MIT */
/*
 * keymap: which layout the keyboard has, and another one.
 */
#include <drivers/keymap.h>
#include <kernel/console.h>
#include <kernel/errno.h>
#include <kernel/types.h>
#include <lib/string.h>
#include <shell/command.h>
#include <shell/command_page.h>
#include <shell/complete.h>
#include <shell/error.h>

/* All layouts, a line each; the one in use is marked. */
static void print_layouts(void)
{
	const char *title;

	for (const char *name = keymap_next("", &title); name != NULL;
	     name = keymap_next(name, &title))
		console_printf("%c %-8s %s\n",
			       strcmp(name, keymap_name()) == 0 ? '*' : ' ',
			       name, title);
}

static int keymap_run(const struct shell_args *args)
{
	if (args->count > 2)
		return shell_usage(args);
	if (args->count == 2 && keymap_choose(args->words[1]) != 0) {
		shell_error_at(args, 1, "Unknown layout: %s\n", args->words[1]);
		print_layouts();
		return -ENOENT;
	}
	if (args->count == 1)
		print_layouts();
	return 0;
}

static void keymap_complete(struct shell_complete *complete)
{
	const char *title;

	if (complete->index != 1)
		return;
	for (const char *name = keymap_next("", &title); name != NULL;
	     name = keymap_next(name, &title))
		shell_complete_offer(complete, name);
}
SHELL_COMPLETION(keymap, keymap_complete);

SHELL_COMMAND(keymap, "[name]", "tell or set the keyboard's layout",
	      keymap_run);

SHELL_COMMAND_PAGE(
	keymap,
	"Lists the keyboard's layouts, the one in use with a star; with the\n"
	"name of one: chooses it.\n"
	"Example: keymap us\n"
	"A name that no layout has is told.\n");
