/* SPDX-License-Identifier: MIT */
/*
 * heap: what the kernel's heap is used for, as far as it is kept.
 */
#include <kernel/console.h>
#include <kernel/errno.h>
#include <kernel/symbols.h>
#include <kernel/types.h>
#include <kernel/util.h>
#include <lib/string.h>
#include <mm/heap.h>
#include <mm/heap_debug.h>
#include <shell/command.h>
#include <shell/command_page.h>
#include <shell/complete.h>
#include <shell/error.h>

enum {
	SITES_MAX = 32,
};

static void print_totals(void)
{
	struct heap_stats stats;

	heap_stats_get(&stats);
	console_printf("%zu bytes in %zu allocations of %zu bytes, %s "
		       "allocator\n",
		       stats.used_bytes, stats.allocations, stats.arena_bytes,
		       heap_allocator_name());
	console_printf("largest that is to be had: %zu bytes\n",
		       stats.largest_bytes);
	if (IS_ENABLED(CONFIG_HEAP_GROW))
		console_printf("grows up to %zu bytes\n", heap_max_bytes());
	if (IS_ENABLED(CONFIG_HEAP_GUARD))
		console_printf("waiting: %zu bytes in %zu freed blocks\n",
			       heap_debug_guard()->waiting.bytes,
			       heap_debug_guard()->waiting.count);
}

/* Class n has the sizes of n bits. */
static void print_classes(void)
{
	const struct heap_class *classes = heap_debug_guard()->classes;

	bool is_first = true;

	for (unsigned int i = 0; i < HEAP_GUARD_CLASSES; i++) {
		const struct heap_class *class = &classes[i];

		if (class->total + class->failures == 0)
			continue;
		if (is_first)
			console_printf("     up to    alive     peak    total"
				       "   failed\n");
		is_first = false;
		if (i == HEAP_GUARD_CLASSES - 1)
			console_printf("    larger");
		else
			console_printf("%10lu", (1UL << i) - 1);
		console_printf(" %8zu %8zu %8lu %8lu\n", class->alive,
			       class->peak, class->total, class->failures);
	}
	if (is_first)
		console_printf("nothing was allocated so far\n");
}

/* All that is alive, or what was allocated since the mark. */
static void print_sites(bool marked)
{
	static struct heap_site sites[SITES_MAX];
	const size_t count =
		heap_guard_sites(heap_debug_guard(), marked, sites, SITES_MAX);

	if (count == 0)
		console_printf("nothing that was allocated%s is alive\n",
			       marked ? " since the mark" : "");
	else
		console_printf("    bytes    count  allocated by\n");
	for (size_t i = 0; i < count; i++) {
		char caller[SYMBOL_TEXT_BYTES] = "others";

		if (sites[i].site != 0)
			symbol_describe_return(sites[i].site, caller,
					       sizeof(caller));
		console_printf("%9zu %8zu  %s\n", sites[i].bytes,
			       sites[i].count, caller);
	}
}

static int heap_show(void)
{
	print_totals();
	if (IS_ENABLED(CONFIG_HEAP_STATS))
		print_classes();
	if (IS_ENABLED(CONFIG_HEAP_TRACK))
		print_sites(false);
	return 0;
}

static int heap_check_run(void)
{
	const bool good = heap_check();

	console_printf(good ? "the heap is sound\n" : "the heap is broken\n");
	return good ? 0 : -EIO;
}

/* For a word that needs HEAP_TRACK. */
static int heap_track_run(const struct shell_args *args, bool is_mark)
{
	if (!IS_ENABLED(CONFIG_HEAP_TRACK)) {
		shell_error_at(args, 1,
			       "This kernel keeps no call sites; HEAP_TRACK "
			       "would.\n");
		return -EINVAL;
	}
	if (is_mark) {
		heap_debug_mark();
		console_printf("marked: heap leaks shows what is allocated "
			       "from now on and still alive\n");
		return 0;
	}
	if (heap_debug_guard()->mark == 0)
		console_printf("no mark was set (heap mark): this is all that "
			       "is alive\n");
	print_sites(heap_debug_guard()->mark != 0);
	return 0;
}

static int heap_run(const struct shell_args *args)
{
	if (args->count == 1)
		return heap_show();
	if (args->count == 2 && strcmp(args->words[1], "check") == 0)
		return heap_check_run();
	if (args->count == 2 && strcmp(args->words[1], "mark") == 0)
		return heap_track_run(args, true);
	if (args->count == 2 && strcmp(args->words[1], "leaks") == 0)
		return heap_track_run(args, false);
	shell_usage(args);
	if (args->count == 2)
		shell_error_mark(args->words[1]);
	return -EINVAL;
}

static void heap_complete(struct shell_complete *complete)
{
	if (complete->index != 1)
		return;
	shell_complete_offer(complete, "check");
	shell_complete_offer(complete, "leaks");
	shell_complete_offer(complete, "mark");
}
SHELL_COMPLETION(heap, heap_complete);

SHELL_COMMAND(heap, "[check|mark|leaks]", "tell what the heap is used for",
	      heap_run);

SHELL_COMMAND_PAGE(
	heap,
	"Tells how much of the heap is in use and, as far as the kernel\n"
	"keeps it, by size and by call site. check walks all of it; mark\n"
	"sets a mark, and leaks tells what was allocated since the mark and\n"
	"is still alive (these two in kernels with HEAP_TRACK).\n"
	"Examples: heap\n"
	"          heap check\n");
