/* SPDX-License-Identifier: MIT */
/*
 * Physical memory in frames of 4 KiB, from the loader's memory map: single
 * frames, and runs of frames that follow each other, for devices that read and
 * write memory themselves (DMA).
 *
 * Which frames. Some devices reach 16 MiB only (ISA), some 4 GiB. So a caller
 * gets memory above 4 GiB where his limit allows it, else above 16 MiB, else
 * what lies below: what others can do without is kept for those who cannot,
 * and yet all of it is to be had. Within each of the three the lowest run is
 * taken, which leaves large ones at the upper end.
 *
 * Which runs. The memory is cut in blocks of a power of two of frames, at
 * multiples of their size. A run is taken from one block that is free as a
 * whole; so there may be free frames in a row and yet no run. There is one
 * wherever 2 * N - 1 frames in a row are free below the limit, with N the
 * larger of count and alignment, rounded up to a power of two; and for N = 1
 * whenever a frame is free. What a run does not need of its block stays free.
 *
 * What it costs. Alloc and free look at a few words in each order, of which a
 * machine of 64 GiB has 25, and at one word for 32 frames of a run
 * (docs/performance.md has counts). Nothing is written to free memory. The
 * tables have 65 KiB for each GiB below the top of memory.
 */
#ifndef MM_FRAMES_H
#define MM_FRAMES_H

#include <arch/boot_info.h>
#include <kernel/types.h>

#define FRAME_SIZE 4096UL

enum {
	FRAMES_ORDERS = 29, /* sizes of blocks: 2^0 to 2^28 frames, 1 TiB */
};

/* Limits for frames_alloc(), as bytes: a run lies below them. */
#define FRAMES_BELOW_16MIB 0x1000000UL   /* ISA DMA: 24 bits of address */
#define FRAMES_BELOW_4GIB  0x100000000UL /* 32 bits */
#define FRAMES_NO_LIMIT    UINT64_MAX

/*
 * Take over the usable memory that @info names, all but what is in use: the
 * kernel's image, the loader's information, the modules, the first MiB, and
 * the allocator's own tables. Ranges may overlap, be unsorted and begin or end
 * anywhere: of two that overlap the more restrictive kind wins, and only whole
 * frames count. Memory for whose tables there is no room is left out, with a
 * warning. Until frames_use_high() nothing above BOOT_MAPPED_BYTES is handed
 * out. Once. Panics where there is no memory to manage.
 */
void frames_init(const struct boot_info *info);

/* The direct map shows all memory now: hand out frames above BOOT_MAPPED_BYTES
 * as well. Once, after paging_init(). */
void frames_use_high(void);

/*
 * Take @count frames that follow each other, the first one at a multiple of
 * @align_frames frames (a power of two, 1 for any), the last one's end at
 * @limit or below. Their content is undefined. They are the caller's until
 * frames_free(), as a whole or in parts.
 * Returns 0 and the first one's address in *@first; -EINVAL for a @count of 0
 * or an alignment that is no power of two; -ENOMEM where there is no such run.
 * O(log n + @count / 32). Not for interrupt handlers.
 */
int frames_alloc(size_t count, size_t align_frames, phys_addr_t limit,
		 phys_addr_t *first);

/*
 * Give back @count frames from @first on: a whole run, a part of one, or
 * several that follow each other; none where @count is 0. Each must have been
 * handed out and not be free already: else it is our bug, and it panics with
 * the address of a frame that is wrong; so for an address within a frame.
 * O(log n + @count / 32). Not for interrupt handlers.
 */
void frames_free(phys_addr_t first, size_t count);

/*
 * Take a frame: frames_alloc() of one, without a limit. Returns 0 and its
 * address in *@frame, or -ENOMEM. Not for interrupt handlers.
 */
int frame_alloc(phys_addr_t *frame);

/* Give back a frame: frames_free() of one. Not for interrupt handlers. */
void frame_free(phys_addr_t frame);

/* Frames under management, and those of them that are free. Any context. */
uint64_t frames_total(void);
uint64_t frames_available(void);

struct frames_stats {
	uint64_t total;       /* frames under management */
	uint64_t free;        /* of them */
	uint64_t largest_run; /* frames: the largest run to be had */
	uint64_t allocations; /* calls since boot that gave a run */
	uint64_t failures;    /* calls that did not: no memory */
	uint64_t frees;       /* calls */
	uint64_t table_bytes; /* the allocator's own, not in total */
	/* How many free blocks of 2^k frames there are that are no part of a
	 * larger one, as in Linux's /proc/buddyinfo. */
	uint64_t free_blocks[FRAMES_ORDERS];
};

/* What there is now, runs above BOOT_MAPPED_BYTES included. O(1). Not for
 * interrupt handlers. */
void frames_stats_get(struct frames_stats *stats);

#endif
