/* SPDX-License-Identifier: MIT */
/*
 * Memory for the timing of fills and copies: two frames, given back after it.
 */
#include <arch/paging.h>
#include <kernel/log.h>
#include <kernel/memory_fill.h>
#include <mm/frames.h>

_Static_assert(MEMORY_FILL_TIMED_BYTES <= FRAME_SIZE, "a frame has room");

static const char untimed[] = "memory_fill: no memory to time fills in; they "
			      "are loops of stores";

void memory_fill_choose(void)
{
	phys_addr_t to, from;

	if (frame_alloc(&to) != 0) {
		log_warn("%s", untimed);
		return;
	}
	if (frame_alloc(&from) != 0) {
		log_warn("%s", untimed);
	} else {
		memory_fill_time(phys_to_virt(to), phys_to_virt(from));
		frame_free(from);
	}
	frame_free(to);
}
