/* SPDX-License-Identifier: MIT */
/*
 * irq: the interrupt lines, who serves them, and what came of each.
 */
#include <arch/irq_stats.h>
#include <kernel/console.h>
#include <kernel/symbols.h>
#include <kernel/types.h>
#include <kernel/util.h>
#include <lib/parse.h>
#include <shell/command.h>
#include <shell/command_page.h>
#include <shell/error.h>

static void print_line(enum irq_line line)
{
	char handler[SYMBOL_TEXT_BYTES] = "none";
	struct irq_stats stats;

	irq_stats_get(line, &stats);
	if (stats.handler == NULL && stats.count == 0 && stats.spurious == 0)
		return;
	if (stats.handler != NULL)
		symbol_describe((uintptr_t)stats.handler, handler,
				sizeof(handler));
	console_printf("%4u %10llu %8llu %6llu  %s%s\n", (unsigned int)line,
		       (unsigned long long)stats.count,
		       (unsigned long long)stats.spurious,
		       (unsigned long long)stats.storms,
		       stats.name != NULL ? stats.name : handler,
		       stats.is_masked ? ", masked by a storm" : "");
}

static int irq_show(void)
{
	console_printf("line interrupts spurious storms  served by\n");
	for (unsigned int line = 0; line < IRQ_LINES; line++)
		print_line((enum irq_line)line);
	return 0;
}

static int irq_run(const struct shell_args *args)
{
	int32_t line;

	if (args->count == 1)
		return irq_show();
	if (args->count != 2)
		return shell_usage(args);
	if (parse_int32(args->words[1], &line) != 0 || line < 0 ||
	    line >= IRQ_LINES) {
		shell_usage(args);
		shell_error_mark(args->words[1]);
		return -EINVAL;
	}
	if (irq_let_through((enum irq_line)line) != 0) {
		shell_error_at(args, 1, "Line %d is not masked by a storm.\n",
			       line);
		return -EINVAL;
	}
	console_printf("Line %d comes through again.\n", line);
	return 0;
}

SHELL_COMMAND(irq, "[line]", "tell of interrupts, let a line through again",
	      irq_run);

SHELL_COMMAND_PAGE(
	irq,
	"Tells of each interrupt line that is in use how often it called,\n"
	"how many of that were spurious, how often it was masked as a storm,\n"
	"and who serves it. With the number of a line (0 to 15): a line that\n"
	"was masked as a storm comes through again.\n"
	"Examples: irq\n"
	"          irq 5\n"
	"A line that is not masked is told.\n");
