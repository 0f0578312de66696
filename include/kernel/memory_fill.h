/* SPDX-License-Identifier: MIT */
/*
 * How large fills and copies of memory are done: by a loop of stores, by the
 * CPU's string instructions, or by what a short timing at boot finds to be the
 * faster one (options MEMORY_FILL_...).
 */
#ifndef KERNEL_MEMORY_FILL_H
#define KERNEL_MEMORY_FILL_H

#include <lib/string.h>
#include <stdint.h>

enum {
	MEMORY_FILL_TIMED_BYTES = 4096,
};

/*
 * Choose, for memset(), memcpy() and whoever asks string_fill_from(). Once, at
 * boot, after paging_init(), before the screen is filled, interrupts off. The
 * timing takes two frames and gives them back. Until then, and where there are
 * no frames, loops are used.
 */
#if defined(CONFIG_MEMORY_FILL_AUTO)
void memory_fill_choose(void);
#elif defined(CONFIG_MEMORY_FILL_STRING)
static inline void memory_fill_choose(void)
{
	string_choose(0, 0);
}
#else
static inline void memory_fill_choose(void)
{
}
#endif

/*
 * The timing itself: choose by fills of @to and copies to it from @from. Both
 * are MEMORY_FILL_TIMED_BYTES of the caller's, aligned to 64 bytes, and are
 * written to. With the option MEMORY_FILL_AUTO only.
 */
void memory_fill_time(void *to, void *from);

#endif
