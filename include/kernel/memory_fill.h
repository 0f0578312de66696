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

/*
 * Choose, for memset(), memcpy() and whoever asks string_fill_from(). Once, at
 * boot, before anything large is filled, interrupts off. Until then loops are
 * used.
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

#endif
