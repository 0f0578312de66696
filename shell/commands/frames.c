/* SPDX-License-Identifier: MIT */
/*
 * frames: the state of the frame allocator, by the sizes of its free blocks.
 */
#include <kernel/console.h>
#include <kernel/types.h>
#include <mm/frames.h>
#include <shell/command.h>
#include <shell/command_page.h>

enum {
	FRAME_KIB = FRAME_SIZE / 1024,
};

static void print_blocks(const struct frames_stats *stats)
{
	console_printf("order  block in KiB  free blocks    free KiB\n");
	for (unsigned int order = 0; order < FRAMES_ORDERS; order++) {
		const uint64_t kib = (uint64_t)FRAME_KIB << order;

		if (stats->free_blocks[order] != 0)
			console_printf("%5u  %12lu %12lu %11lu\n", order, kib,
				       stats->free_blocks[order],
				       stats->free_blocks[order] * kib);
	}
}

static int frames_run(const struct shell_args *args)
{
	struct frames_stats stats;

	if (args->count != 1)
		return shell_usage(args);
	frames_stats_get(&stats);
	console_printf("%lu frames of %d KiB, %lu of them free, %lu in a row\n",
		       stats.total, FRAME_KIB, stats.free, stats.largest_run);
	console_printf("%lu times given, %lu times not, %lu times given back\n",
		       stats.allocations, stats.failures, stats.frees);
	console_printf("%lu bytes of tables\n", stats.table_bytes);
	print_blocks(&stats);
	return 0;
}

SHELL_COMMAND(frames, "", "tell which frames of memory are free", frames_run);

SHELL_COMMAND_PAGE(
	frames,
	"Tells how many frames of memory (4 KiB each) there are and how\n"
	"many are free, how often some were given, and the free ones by\n"
	"the sizes of their blocks: a block of order k has 2^k frames.\n");
