/* SPDX-License-Identifier: MIT */
/*
 * info: what this kernel is and what it runs on.
 */
#include <arch/cpu.h>
#include <drivers/keyboard.h>
#include <kernel/console.h>
#include <kernel/util.h>
#include <mm/frames.h>
#include <mm/heap.h>
#include <shell/command.h>
#include <shell/command_page.h>
#include <video/framebuffer.h>

enum {
	BYTES_PER_KIB = 1024,
	FRAME_KIB = FRAME_SIZE / BYTES_PER_KIB,
};

static void print_heap(void)
{
	struct heap_stats stats;

	heap_stats_get(&stats);
	console_printf("Heap: %d KiB at 0x%llx, %s allocator, %zu bytes used\n",
		       CONFIG_HEAP_SIZE_KIB,
		       (unsigned long long)CONFIG_HEAP_BASE,
		       heap_allocator_name(), stats.used_bytes);
	if (IS_ENABLED(CONFIG_HEAP_GROW))
		console_printf("Heap growth: %zu KiB now, %zu KiB at most\n",
			       stats.arena_bytes / BYTES_PER_KIB,
			       heap_max_bytes() / BYTES_PER_KIB);
}

static void print_memory(void)
{
	console_printf("Memory: %llu KiB free of %llu KiB\n",
		       (unsigned long long)frames_available() * FRAME_KIB,
		       (unsigned long long)frames_total() * FRAME_KIB);
}

/* The order of the channels is told from the lowest bit on, as they lie in
 * memory. */
static void print_framebuffer(void)
{
	const struct surface *surface = framebuffer_mode();

	if (surface == NULL) {
		console_printf("Framebuffer: none\n");
		return;
	}
	console_printf("Framebuffer: %ux%u, %d bit, %s\n", surface->width,
		       surface->height, surface->bytes_per_pixel * 8,
		       surface->blue.shift < surface->red.shift ? "BGR"
								: "RGB");
}

static void print_keyboard(void)
{
	uint64_t lost = keyboard_codes_lost();

	if (lost > 0)
		console_printf("Keyboard: %llu codes lost\n",
			       (unsigned long long)lost);
}

static int info_run(const struct shell_args *args)
{
	(void)args;
	console_printf("Tessera %s\nArchitecture: %s\n", TESSERA_VERSION,
		       ARCH_NAME);
	print_heap();
	print_memory();
	print_framebuffer();
	print_keyboard();
	return 0;
}

SHELL_COMMAND(info, "", "tell about the kernel and the machine", info_run);

SHELL_COMMAND_PAGE(
	info,
	"Tells the version, the architecture, the heap's size and base, the\n"
	"memory and the framebuffer's mode; and lost codes of the keyboard,\n"
	"if there were some.\n"
	"Example: info\n");
