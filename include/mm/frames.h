/* SPDX-License-Identifier: MIT */
/*
 * Physical memory in frames of 4 KiB, from the loader's memory map.
 */
#ifndef MM_FRAMES_H
#define MM_FRAMES_H

#include <arch/boot_info.h>
#include <kernel/types.h>

#define FRAME_SIZE 4096UL

/*
 * Take over the usable memory that @info names, all but what is in use: the
 * kernel's image, the loader's information, the modules, the first MiB.
 * Once. Panics where there is no memory to manage.
 */
void frames_init(const struct boot_info *info);

/*
 * Take a frame. Its content is undefined. Returns 0 and its address in
 * *@frame, or -ENOMEM. Not for interrupt handlers.
 */
int frame_alloc(phys_addr_t *frame);

/*
 * Give back a frame that frame_alloc() handed out. One that is free already or
 * was never to be had is our bug: it panics. Not for interrupt handlers.
 */
void frame_free(phys_addr_t frame);

/* Frames under management, and those of them that are free. Any context. */
uint64_t frames_total(void);
uint64_t frames_available(void);

#endif
