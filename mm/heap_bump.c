/* SPDX-License-Identifier: MIT */
/*
 * Bump heap, PURE: the next allocation lies behind the last one. The last one
 * can be given back; nothing else is reused until everything has been freed:
 * then the heap starts over. The smallest and fastest heap there is, for
 * payloads that allocate once.
 *
 *	| size, tag | bytes | size, tag | bytes | ... next ->     end |
 *
 * alloc and free are O(1). The header is there for free() to know a live
 * pointer, and for usable_size().
 */
#include <kernel/compiler.h>
#include <kernel/errno.h>
#include <mm/heap.h>

struct header {
	size_t size; /* bytes behind the header */
	uint64_t tag;
};

struct heap_bump {
	uint8_t *start, *next, *end;
	size_t allocations;
	uint8_t *given_end; /* up to 15 bytes behind the end, which is in use */
};

static_assert(sizeof(struct header) == HEAP_ALIGN, "keeps the alignment");

#define LIVE_TAG 0x7465737365726122UL

static uint64_t tag_of(const struct header *header)
{
	return (uintptr_t)header ^ LIVE_TAG;
}

static void heap_bump_init(void *handle, void *arena, size_t size_bytes)
{
	struct heap_bump *heap = handle;

	heap->start = arena;
	heap->next = arena;
	heap->end = heap->start + (size_bytes & ~(HEAP_ALIGN - 1));
	heap->allocations = 0;
	heap->given_end = heap->start + size_bytes;
}

static int heap_bump_extend(void *handle, size_t more_bytes)
{
	struct heap_bump *heap = handle;

	if (more_bytes > UINTPTR_MAX - (uintptr_t)heap->given_end)
		return -ENOSPC;
	heap->given_end += more_bytes;
	heap->end += (size_t)(heap->given_end - heap->end) & ~(HEAP_ALIGN - 1);
	return 0;
}

/* What one allocation can get: the rest but for its header. */
static size_t room(const struct heap_bump *heap)
{
	const size_t left = (size_t)(heap->end - heap->next);

	return left < sizeof(struct header) ? 0 : left - sizeof(struct header);
}

/* A header at the front of the room, without a look at what is left. */
static struct header *header_add(struct heap_bump *heap, size_t size_bytes)
{
	struct header *header = (struct header *)heap->next;

	header->size = (size_bytes + HEAP_ALIGN - 1) & ~(HEAP_ALIGN - 1);
	heap->next += sizeof(*header) + header->size;
	return header;
}

static void *heap_bump_alloc(void *handle, size_t size_bytes)
{
	struct heap_bump *heap = handle;
	struct header *header;

	if (size_bytes == 0)
		size_bytes = 1;
	if (size_bytes > room(heap))
		return NULL;
	header = header_add(heap, size_bytes);
	header->tag = tag_of(header);
	heap->allocations++;
	return header + 1;
}

/* What is left out lies behind a header of its own, as if it had been freed. */
static void *heap_bump_alloc_aligned(void *handle, size_t size_bytes,
				     size_t align)
{
	struct heap_bump *heap = handle;
	const uintptr_t content = (uintptr_t)heap->next + sizeof(struct header);
	const size_t gap = -content & (align - 1);

	if (align == 0 || (align & (align - 1)) != 0)
		return NULL;
	if (size_bytes == 0)
		size_bytes = 1;
	if (size_bytes > room(heap) || gap > room(heap) - size_bytes)
		return NULL;
	if (gap != 0)
		header_add(heap, gap - sizeof(struct header))->tag = 0;
	return heap_bump_alloc(heap, size_bytes);
}

static struct header *header_of(const struct heap_bump *heap,
				const void *pointer)
{
	const uintptr_t at = (uintptr_t)pointer;
	struct header *header;

	if (at % HEAP_ALIGN != 0 ||
	    at < (uintptr_t)heap->start + sizeof(*header) ||
	    at >= (uintptr_t)heap->next)
		return NULL;
	header = (struct header *)at - 1;
	return header->tag == tag_of(header) ? header : NULL;
}

static int heap_bump_free(void *handle, void *pointer)
{
	struct heap_bump *heap = handle;
	struct header *header = header_of(heap, pointer);

	if (header == NULL)
		return -EINVAL;
	header->tag = 0;
	heap->allocations--;
	if (heap->allocations == 0)
		heap->next = heap->start;
	else if ((uint8_t *)(header + 1) + header->size == heap->next)
		heap->next = (uint8_t *)header;
	return 0;
}

/* The last one can have what is left; the others keep what they have. */
static int heap_bump_resize(void *handle, void *pointer, size_t size_bytes)
{
	struct heap_bump *heap = handle;
	struct header *header = header_of(heap, pointer);
	const uint8_t *end;

	if (header == NULL)
		return -EINVAL;
	end = (uint8_t *)pointer + header->size;
	if (end != heap->next)
		return size_bytes > header->size ? -ENOMEM : 0;
	if (size_bytes > (size_t)(heap->end - (uint8_t *)pointer))
		return -ENOMEM;
	heap->next = (uint8_t *)header;
	header_add(heap, size_bytes == 0 ? 1 : size_bytes);
	return 0;
}

static size_t heap_bump_usable_size(const void *handle, const void *pointer)
{
	const struct header *header = header_of(handle, pointer);

	return header == NULL ? 0 : header->size;
}

static void heap_bump_stats(const void *handle, struct heap_stats *stats)
{
	const struct heap_bump *heap = handle;

	*stats = (struct heap_stats){
		.arena_bytes = (size_t)(heap->end - heap->start),
		.used_bytes = (size_t)(heap->next - heap->start),
		.allocations = heap->allocations,
		.largest_bytes = room(heap),
	};
}

/* Header after header up to next; the live ones are as many as counted. */
static bool heap_bump_check(const void *handle)
{
	const struct heap_bump *heap = handle;
	const uint8_t *at = heap->start;
	size_t alive = 0;

	while (at < heap->next) {
		const struct header *header = (const struct header *)at;
		const size_t left = (size_t)(heap->next - at) - sizeof(*header);

		if (header->size % HEAP_ALIGN != 0 || header->size > left)
			return false;
		alive += header->tag == tag_of(header);
		at += sizeof(*header) + header->size;
	}
	return at == heap->next && heap->next <= heap->end &&
	       alive == heap->allocations;
}

static const struct heap_ops heap_bump_ops = {
	.name = "bump",
	.handle_bytes = sizeof(struct heap_bump),
	.init = heap_bump_init,
	.alloc = heap_bump_alloc,
	.alloc_aligned = heap_bump_alloc_aligned,
	.free = heap_bump_free,
	.resize = heap_bump_resize,
	.extend = heap_bump_extend,
	.usable_size = heap_bump_usable_size,
	.stats = heap_bump_stats,
	.check = heap_bump_check,
};
HEAP_ALLOCATOR(heap_bump_ops, struct heap_bump);
