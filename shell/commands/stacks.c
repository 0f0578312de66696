/* SPDX-License-Identifier: MIT */
/*
 * stacks: how deep each stack was ever used.
 */
#include <kernel/console.h>
#include <kernel/stack_watermark.h>
#include <shell/command.h>
#include <shell/command_page.h>

static int stacks_run(const struct shell_args *args)
{
	if (args->count != 1)
		return shell_usage(args);
	console_printf("%16s %8s %8s %8s\n", "stack", "bytes", "used", "left");
	for (const struct area *area = kernel_areas.first; area != NULL;
	     area = area->next) {
		const uint64_t size = area->end - area->start;
		const size_t used = area->kind == AREA_STACK
					    ? stack_watermark_used(area)
					    : 0;

		if (area->kind == AREA_STACK)
			console_printf("%16s %8lu %8zu %8lu\n", area->name,
				       size, used, size - used);
	}
	return 0;
}

SHELL_COMMAND(stacks, "", "tell how deep each stack was used", stacks_run);

SHELL_COMMAND_PAGE(
	stacks,
	"Tells of each stack how many of its bytes were ever used, and how\n"
	"many never were.\n"
	"Example: stacks\n");
