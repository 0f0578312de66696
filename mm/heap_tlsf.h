/* SPDX-License-Identifier: MIT */
/*
 * The two-level heap as a part of another heap.
 */
#ifndef HEAP_TLSF_H
#define HEAP_TLSF_H

#include <mm/heap.h>

/* What lies before each of its live allocations. */
struct heap_tlsf_header {
	uint32_t size; /* of both, a multiple of 16; the low bits are flags */
	uint32_t tag;
};

#define HEAP_TLSF_TAG        0x74657373U
#define HEAP_TLSF_SIZE_FLAGS 15U

extern const struct heap_ops heap_tlsf_ops;

static inline uint32_t heap_tlsf_tag(const void *pointer)
{
	return (uint32_t)(uintptr_t)pointer + HEAP_TLSF_TAG;
}

/* As its usable_size(), of a multiple of 16 that is known to lie in the arena
 * behind a header's place. */
static inline size_t heap_tlsf_usable(const void *pointer)
{
	const struct heap_tlsf_header *header =
		(const struct heap_tlsf_header *)pointer - 1;

	if (header->tag != heap_tlsf_tag(pointer))
		return 0;
	return (header->size & ~HEAP_TLSF_SIZE_FLAGS) - sizeof(*header);
}

#endif
