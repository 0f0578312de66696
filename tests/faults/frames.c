/* SPDX-License-Identifier: MIT */
/*
 * Frames and ranges of addresses that are given back wrongly; a panic.
 */
#include <kernel/panic.h>
#include <kernel/provoke.h>
#include <mm/frames.h>
#include <mm/vm.h>

#include "access.h"

static void frame_freed_twice(void)
{
	phys_addr_t frame;

	if (frame_alloc(&frame) != 0)
		return;
	frame_free(frame);
	frame_free(frame);
}

static void frame_foreign(void)
{
	frame_free(phys_addr(0));
}

static void range_foreign(void)
{
	vm_free((void *)0x4141414141414000);
}

static void range_freed_twice(void)
{
	const uint64_t range = address_of(vm_alloc("a range", 1));

	vm_free((void *)range);
	vm_free((void *)range);
}

static void panic_asked(void)
{
	panic("asked for");
}

PROVOKED_FAULT(frame_freed_twice, "a frame freed twice", frame_freed_twice);
PROVOKED_FAULT(frame_foreign, "a frame freed that is nobody's", frame_foreign);
PROVOKED_FAULT(range_foreign, "a range freed that is none", range_foreign);
PROVOKED_FAULT(range_freed_twice, "a range freed twice", range_freed_twice);
PROVOKED_FAULT(panic_asked, "a call of panic()", panic_asked);
