/* SPDX-License-Identifier: MIT */
/*
 * Where the checker of addresses (option KASAN) keeps what it knows: a byte,
 * the shadow, for each 8 bytes of the image and of the heap. Both lie in the
 * last GiB of the address space, which nothing else uses.
 *
 *	0xffffffffc0000000	of the image, from entry.S on
 *	0xffffffffd0000000	of the heap
 */
#ifndef ARCH_KASAN_H
#define ARCH_KASAN_H

#include <kernel/types.h>

/* The shadow of an address of the image is at address / 8 + this: the compiler
 * knows it, too (scripts/make/checks-flags.mk). */
#define KASAN_IMAGE_OFFSET 0xdfffffffd0000000UL

#define KASAN_HEAP_SHADOW  0xffffffffd0000000UL

/* Of the linker script: what of the image has a shadow, and where in the image
 * this lies itself. */
extern uint8_t kasan_image_start[], kasan_image_end[];
extern uint8_t kasan_shadow_start[], kasan_shadow_end[];

#endif
