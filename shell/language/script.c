/* SPDX-License-Identifier: MIT */
/*
 * run: the lines of a file that the loader brought, one after the other.
 */
#include "language.h"
#include "script_lines.h"
#include <arch/boot_module.h>
#include <kernel/console.h>
#include <kernel/errno.h>
#include <lib/parse.h>
#include <lib/string.h>
#include <shell/command_page.h>
#include <shell/complete.h>
#include <shell/error.h>

/* By its name, or else by its number. */
static const struct boot_module *find(const char *name)
{
	const struct boot_module *module;
	int32_t number;

	for (size_t i = 0; (module = boot_module_get(i)) != NULL; i++) {
		if (strcmp(module->name, name) == 0 && name[0] != '\0')
			return module;
	}
	if (parse_int32(name, &number) != 0 || number < 1)
		return NULL;
	return boot_module_get((size_t)number - 1);
}

static int list(void)
{
	const struct boot_module *module;
	size_t i;

	for (i = 0; (module = boot_module_get(i)) != NULL; i++)
		console_printf("%2zu %-*s %10lu bytes\n", i + 1,
			       BOOT_MODULE_NAME_MAX, module->name,
			       module->size);
	if (i == 0)
		console_printf("The loader brought no modules.\n");
	return 0;
}

static int run_lines(const char *name, const char *text, size_t size)
{
	struct script_lines lines = { .next = text, .end = text + size };

	while (script_lines_next(&lines)) {
		const int result = language_run(lines.line, lines.length);

		if (result == 0)
			continue;
		console_printf("%s: line %u ends it, with status %d.\n", name,
			       lines.number, -result);
		return result;
	}
	return 0;
}

static int run_run(const struct shell_args *args)
{
	const struct boot_module *module;
	const char *text;

	if (args->count == 1)
		return list();
	if (args->count > 2)
		return shell_usage(args);
	module = find(args->words[1]);
	if (module == NULL) {
		shell_error_at(args, 1, "No such module: %s\n", args->words[1]);
		return -ENOENT;
	}
	text = boot_module_text(module);
	if (text == NULL) {
		shell_error_at(args, 1,
			       "Not to be read, or more than %d bytes: %s\n",
			       BOOT_MODULE_TEXT_MAX, args->words[1]);
		return -EFAULT;
	}
	return run_lines(args->words[1], text, module->size);
}

static void run_complete(struct shell_complete *complete)
{
	const struct boot_module *module;

	if (complete->index != 1)
		return;
	for (size_t i = 0; (module = boot_module_get(i)) != NULL; i++) {
		if (module->name[0] != '\0')
			shell_complete_offer(complete, module->name);
	}
}
SHELL_COMPLETION(run, run_complete);

SHELL_COMMAND(run, "[module]", "run the lines of a file of the loader's",
	      run_run);
SHELL_COMMAND_PAGE(
	run,
	"Runs the lines of a module, named by the first word behind its\n"
	"file in GRUB's module2, or by its number. The first line that\n"
	"fails ends it: its number is told, and its status is that of run.\n"
	"End a line in \"|| echo failed\" to go on. Ctrl-C ends a script,\n"
	"where the kernel has that. Without a name the modules are listed.\n"
	"Example: run start\n"
	"The boot parameter run= gives a first line: run=\"run start\".\n");
