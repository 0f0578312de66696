/* SPDX-License-Identifier: MIT */
/*
 * How much of each stack was ever used (option STACK_WATERMARK): stacks are
 * painted at boot, and what lost its paint was used.
 */
#ifndef KERNEL_STACK_WATERMARK_H
#define KERNEL_STACK_WATERMARK_H

#include <kernel/area.h>

#ifdef CONFIG_STACK_WATERMARK
/* Paint all stacks that there are, but for what is in use of the caller's own.
 * Once, at boot. */
void stack_watermark_begin(void);
#else
static inline void stack_watermark_begin(void)
{
}
#endif

/* The bytes of a stack, an area of that kind, that were ever used since. Any
 * context. */
size_t stack_watermark_used(const struct area *stack);

#endif
