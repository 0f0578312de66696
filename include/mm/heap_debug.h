/* SPDX-License-Identifier: MIT */
/*
 * What the layer of the kernel's heap knows that finds what is done wrong with
 * it (mm/heap_debug.c, there with HEAP_GUARD). Not for interrupt handlers.
 */
#ifndef MM_HEAP_DEBUG_H
#define MM_HEAP_DEBUG_H

#include <mm/heap_guard.h>

/* The layer: its classes are kept with HEAP_STATS, call sites with
 * HEAP_TRACK. Only what is constant in it is to be called. */
const struct heap_guard *heap_debug_guard(void);

/* heap_guard_mark() of it. */
void heap_debug_mark(void);

#endif
