/* SPDX-License-Identifier: MIT */
/*
 * symbols: functions by a part of their names, or the one at an address.
 */
#include <kernel/console.h>
#include <kernel/errno.h>
#include <kernel/symbols.h>
#include <kernel/types.h>
#include <lib/parse.h>
#include <lib/string.h>
#include <shell/command.h>
#include <shell/command_page.h>
#include <shell/error.h>
#include <shell/interrupt.h>

/* What is looked for, and how often it was found. */
struct search {
	const char *part;
	size_t length;
	unsigned int found;
};

static bool holds(const char *name, const struct search *search)
{
	const size_t length = strlen(name);

	for (size_t at = 0; at + search->length <= length; at++) {
		if (memcmp(name + at, search->part, search->length) == 0)
			return true;
	}
	return false;
}

static bool show(void *context, uint64_t start, const char *name)
{
	struct search *const search = context;

	if (holds(name, search)) {
		console_printf("0x%016lx %s\n", start, name);
		search->found++;
	}
	return !shell_interrupted();
}

static int show_names(const struct shell_args *args, const char *part)
{
	struct search search = { part, strlen(part), 0 };

	symbols_walk(show, &search);
	if (search.found != 0)
		return 0;
	shell_error_at(args, 1, "No function has '%s' in its name.\n", part);
	return -ENOENT;
}

static int symbols_run(const struct shell_args *args)
{
	char text[SYMBOL_TEXT_BYTES];
	uint64_t address;

	if (args->count > 2)
		return shell_usage(args);
	if (args->count == 1)
		return show_names(args, "");
	/* "add" is a part of a name, but for where a function is there. */
	if (parse_hex_u64(args->words[1], &address) != 0)
		return show_names(args, args->words[1]);
	if (symbol_describe(address, text, sizeof(text))) {
		console_printf("0x%016lx %s\n", address, text);
		return 0;
	}
	if (args->words[1][0] != '0')
		return show_names(args, args->words[1]);
	shell_error_at(args, 1, "No function is at 0x%lx.\n", address);
	return -ENOENT;
}

SHELL_COMMAND(symbols, "[part|<hex>]", "find functions by name or address",
	      symbols_run);

SHELL_COMMAND_PAGE(
	symbols,
	"Lists the functions that have a text in their names, or all; or\n"
	"tells the one that an address (hexadecimal) is in, and how far.\n"
	"Examples: symbols heap_\n"
	"          symbols ffffffff80110000\n");
