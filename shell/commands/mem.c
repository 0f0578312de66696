/* SPDX-License-Identifier: MIT */
/*
 * mem: where the machine's memory went, in one sum.
 */
#include <arch/boot_info.h>
#include <kernel/console.h>
#include <kernel/types.h>
#include <mm/frames.h>
#include <mm/heap.h>
#include <shell/command.h>
#include <shell/command_page.h>

enum {
	BYTES_PER_KIB = 1024,
};

static void print_row(const char *what, uint64_t bytes)
{
	console_printf("%-34s %10lu KiB\n", what, bytes / BYTES_PER_KIB);
}

static uint64_t sum_of(const struct boot_range *ranges, size_t count)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < count; i++)
		sum += ranges[i].kind == BOOT_RANGE_USABLE ? ranges[i].size : 0;
	return sum;
}

/* Ranges that overlap are told twice by the loader. */
static uint64_t difference(uint64_t whole, uint64_t part)
{
	return whole > part ? whole - part : 0;
}

static int mem_run(const struct shell_args *args)
{
	const struct boot_info *const info = boot_info_get();
	const uint64_t ram = sum_of(info->ranges, info->range_count);
	const uint64_t managed = frames_total() * FRAME_SIZE;
	const uint64_t free = frames_available() * FRAME_SIZE;
	struct heap_stats heap;

	if (args->count != 1)
		return shell_usage(args);
	heap_stats_get(&heap);
	print_row("RAM that may be used", ram);
	print_row("  kept back", difference(ram, managed));
	print_row("    of them the kernel's image", info->image.size);
	print_row("  in frames", managed);
	print_row("    free", free);
	print_row("    in use", managed - free);
	print_row("      of them the heap", heap.arena_bytes);
	console_printf("The heap has %zu bytes in use.\n", heap.used_bytes);
	return 0;
}

SHELL_COMMAND(mem, "", "tell where the memory went", mem_run);

SHELL_COMMAND_PAGE(
	mem, "Tells where the memory went, in KiB: how much the loader says\n"
	     "may be used; what is kept back of it (the first MiB, the\n"
	     "kernel's image, the loader's information, modules, tables); and\n"
	     "the frames, those that are free and those that are in use.\n"
	     "frames tells more of these, heap of the heap.\n");
