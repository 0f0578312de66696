/* SPDX-License-Identifier: MIT */
/*
 * Which area an address lies in, PURE (kernel/area.h).
 */
#ifndef KERNEL_AREA_INSIDE_H
#define KERNEL_AREA_INSIDE_H

#include <kernel/area.h>

/* The area that an address lies in, or NULL. Any context. */
const struct area *area_at(const struct area_list *list, uint64_t address);

/*
 * Say where in an area an address lies: "in the heap, 0x120 bytes from its
 * start", "in the main stack, 0x40 bytes below its top". False where it is in
 * none: @text, of @size_bytes, is as it was.
 */
bool area_describe_inside(const struct area_list *list, uint64_t address,
			  char *text, size_t size_bytes);

#endif
