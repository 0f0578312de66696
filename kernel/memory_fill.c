/* SPDX-License-Identifier: MIT */
/*
 * Memory for the timing of fills and copies: two frames, given back after it.
 */
#include <arch/paging.h>
#include <kernel/memory_fill.h>
#include <mm/frames.h>

_Static_assert(MEMORY_FILL_TIMED_BYTES <= FRAME_SIZE, "a frame has room");

void memory_fill_choose(void)
{
	phys_addr_t to, from;

	if (frame_alloc(&to) != 0)
		return;
	if (frame_alloc(&from) == 0) {
		memory_fill_time(phys_to_virt(to), phys_to_virt(from));
		frame_free(from);
	}
	frame_free(to);
}
