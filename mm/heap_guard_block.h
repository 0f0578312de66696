/* SPDX-License-Identifier: MIT */
/*
 * The blocks of the layer that finds what is done wrong with a heap, PURE:
 * each is an allocation of the allocator below.
 *
 *	| gap | header | redzone | content | redzone |
 *	'-------- front ---------'
 *
 * The gap is there where the content is aligned to more than HEAP_ALIGN. The
 * header is in a list of all that is alive, or of all that waits, oldest first.
 * Its tag, made from its address, tells which; it is the last of it, so that
 * who writes before a content meets the redzone first, then the tag.
 */
#ifndef MM_HEAP_GUARD_BLOCK_H
#define MM_HEAP_GUARD_BLOCK_H

#include <kernel/compiler.h>
#include <mm/heap_guard.h>

struct guard_block {
	struct guard_block *next, *previous;
	size_t size;  /* of the content, as it was asked for */
	size_t front; /* from the allocator's pointer to the content */
	uint64_t serial;
	uintptr_t allocated_by, freed_by;
	uint64_t tag;
};

enum {
	GUARD_HEADER_BYTES = sizeof(struct guard_block),
};

static_assert(GUARD_HEADER_BYTES % HEAP_ALIGN == 0, "keeps the alignment");

#define GUARD_ALIVE_TAG 0x7465737365724c56UL
#define GUARD_FREED_TAG 0x7465737365724652UL

static inline uint64_t guard_tag(const struct guard_block *block,
				 uint64_t state)
{
	return (uintptr_t)block ^ state;
}

static inline size_t guard_redzone(const struct heap_guard *guard)
{
	return guard->options.redzone ? HEAP_GUARD_REDZONE_BYTES : 0;
}

static inline uint8_t *guard_content(const struct heap_guard *guard,
				     const struct guard_block *block)
{
	return (uint8_t *)(uintptr_t)(block + 1) + guard_redzone(guard);
}

/* All of a block, as the allocator has it. */
static inline size_t guard_bytes(const struct heap_guard *guard,
				 const struct guard_block *block)
{
	return block->front + block->size + guard_redzone(guard);
}

/* Where a pointer's header would be; NULL where it cannot have one. */
static inline struct guard_block *guard_header(const struct heap_guard *guard,
					       const void *pointer)
{
	const uintptr_t at = (uintptr_t)pointer;
	const size_t before = GUARD_HEADER_BYTES + guard_redzone(guard);

	if (at % HEAP_ALIGN != 0 || at < guard->start + before ||
	    at > guard->end || guard->end - at < guard_redzone(guard))
		return NULL;
	return (struct guard_block *)(at - before);
}

/* What is found wrong with a block becomes the guard's fault; false. */
bool guard_fault_note(struct heap_guard *guard, enum heap_fault_kind kind,
		      const struct guard_block *block, size_t offset);

/* Everything of a block whose header can be read; false, and a fault. */
bool guard_block_is_whole(struct heap_guard *guard,
			  const struct guard_block *block, bool is_freed);

/* A pointer that is not alive: a fault that tells what is the matter. */
void guard_pointer_explain(struct heap_guard *guard, const void *pointer);

#endif
