/* SPDX-License-Identifier: MIT */
/*
 * The kernel's heap with the layer that finds what is done wrong with it: what
 * it finds stops the kernel, with all that is known about the block.
 */
#include <kernel/errno.h>
#include <kernel/kasan.h>
#include <kernel/log.h>
#include <kernel/panic.h>
#include <kernel/symbols.h>
#include <kernel/util.h>
#include <lib/printf.h>
#include <lib/string.h>
#include <mm/heap_debug.h>

#include "heap_guard_block.h"
#include "heap_layer.h"

enum {
	TEXT_BYTES = 256, /* with two sites */
};

static struct heap_guard guard;

/* ---- Faults in words ----------------------------------------------------- */

static int site_tell(char *text, size_t room, const char *what, uintptr_t site)
{
	char caller[SYMBOL_TEXT_BYTES];

	if (site == 0)
		return 0;
	symbol_describe_return(site, caller, sizeof(caller));
	return snprintf(text, room, ", %s by %s", what, caller);
}

/* "0x444444440050 (100 bytes, allocated by 0x..., freed by 0x...)" */
static void block_tell(char text[TEXT_BYTES], const struct heap_fault *fault)
{
	int length = snprintf(text, TEXT_BYTES, "%p (%zu bytes", fault->pointer,
			      fault->size_bytes);

	length += site_tell(text + length, TEXT_BYTES - (size_t)length,
			    "allocated", fault->allocated_by);
	length += site_tell(text + length, TEXT_BYTES - (size_t)length, "freed",
			    fault->freed_by);
	snprintf(text + length, TEXT_BYTES - (size_t)length, ")");
}

/* What is the matter with a block that it is known of; with what was found
 * before it, HEAP_GUARD_REDZONE_BYTES is the nearest that is certain. */
static void block_fault_tell(char text[TEXT_BYTES],
			     const struct heap_fault *fault)
{
	switch (fault->kind) {
	case HEAP_FAULT_FREED_TWICE:
		snprintf(text, TEXT_BYTES,
			 "is freed or resized, but was freed "
			 "before");
		break;
	case HEAP_FAULT_WRONG_SIZE:
		snprintf(text, TEXT_BYTES, "is freed as %zu bytes",
			 fault->given_bytes);
		break;
	case HEAP_FAULT_BEFORE:
		snprintf(text, TEXT_BYTES,
			 "was written to before its start, "
			 "%zu byte%s before it",
			 fault->offset, fault->offset == 1 ? "" : "s");
		break;
	case HEAP_FAULT_BEHIND:
		snprintf(text, TEXT_BYTES,
			 "was written to behind its end, "
			 "%zu byte%s behind it",
			 fault->offset + 1, fault->offset == 0 ? "" : "s");
		break;
	default:
		snprintf(text, TEXT_BYTES,
			 "was written to after it was freed, "
			 "at byte %zu",
			 fault->offset);
		break;
	}
}

/* A sentence of two parts. */
static void fault_tell(char who[TEXT_BYTES], char what[TEXT_BYTES],
		       const struct heap_fault *fault)
{
	switch (fault->kind) {
	case HEAP_FAULT_NOT_ALIVE:
		snprintf(who, TEXT_BYTES, "%p", fault->pointer);
		snprintf(what, TEXT_BYTES,
			 "is freed or resized, but not allocated");
		return;
	case HEAP_FAULT_LISTS:
		snprintf(who, TEXT_BYTES, "the list of blocks");
		snprintf(what, TEXT_BYTES, "is broken behind %p",
			 fault->pointer);
		return;
	case HEAP_FAULT_ALLOCATOR:
		snprintf(who, TEXT_BYTES, "the allocator's own words");
		snprintf(what, TEXT_BYTES, "were overwritten");
		return;
	default:
		block_tell(who, fault);
		block_fault_tell(what, fault);
		return;
	}
}

/* Stop where something was found; @site is who called. */
static void stop_at_fault(uintptr_t site)
{
	const struct heap_fault fault = heap_guard_fault(&guard);
	char who[TEXT_BYTES], what[TEXT_BYTES], caller[TEXT_BYTES] = "";

	if (fault.kind == HEAP_FAULT_NONE)
		return;
	fault_tell(who, what, &fault);
	site_tell(caller, sizeof(caller), "found in a call", site);
	panic("heap: %s %s%s", who, what, caller);
}

/* As kasan_tell_fn. */
static bool block_explain(const void *pointer, size_t *size_bytes, char *text,
			  size_t text_bytes)
{
	const struct guard_block *const block = guard_header(&guard, pointer);
	char who[TEXT_BYTES];

	if (block == NULL || (block->tag != guard_tag(block, GUARD_ALIVE_TAG) &&
			      block->tag != guard_tag(block, GUARD_FREED_TAG)))
		return false;
	*size_bytes = block->size;
	block_tell(who, &(struct heap_fault){
				.pointer = pointer,
				.size_bytes = block->size,
				.allocated_by = block->allocated_by,
				.freed_by = block->freed_by,
			});
	strlcpy(text, who, text_bytes);
	return true;
}

/* ---- The calls of heap.c ------------------------------------------------- */

int heap_debug_create(const char *name, void *arena, size_t size_bytes)
{
	static const struct heap_guard_options options = {
		.redzone = IS_ENABLED(CONFIG_HEAP_REDZONE),
		.poison = IS_ENABLED(CONFIG_HEAP_POISON),
		.quarantine_bytes = (size_t)CONFIG_HEAP_QUARANTINE_KIB * 1024,
	};

	const int error =
		heap_guard_create(&guard, name, arena, size_bytes, &options);

	if (error == 0)
		heap_kasan_cover(size_bytes, block_explain);
	return error;
}

void *heap_debug_alloc(size_t size_bytes, size_t align, uintptr_t site)
{
	void *memory;

	kasan_pause();
	memory = heap_guard_alloc(&guard, size_bytes, align, site);
	kasan_go_on();
	stop_at_fault(site);
	kasan_heap_take(memory, size_bytes);
	return memory;
}

void *heap_debug_realloc(void *pointer, size_t size_bytes, uintptr_t site)
{
	const size_t before = heap_guard_size(&guard, pointer);
	void *memory;

	kasan_pause();
	memory = heap_guard_realloc(&guard, pointer, size_bytes, site);
	kasan_go_on();
	stop_at_fault(site);
	if (memory != NULL) {
		kasan_heap_drop(pointer, before);
		kasan_heap_take(memory, size_bytes);
	}
	return memory;
}

void heap_debug_free(void *pointer, size_t size_bytes, uintptr_t site)
{
	const size_t before = heap_guard_size(&guard, pointer);

	kasan_pause();
	heap_guard_free(&guard, pointer, size_bytes, site);
	kasan_go_on();
	stop_at_fault(site);
	kasan_heap_drop(pointer, before);
}

int heap_debug_extend(size_t more_bytes)
{
	int error;

	kasan_pause();
	error = heap_guard_extend(&guard, more_bytes);
	kasan_go_on();
	if (error == 0)
		heap_kasan_cover(guard.end - guard.start, block_explain);
	return error;
}

void heap_debug_stats(struct heap_stats *stats)
{
	heap_guard_stats(&guard, stats);
}

static bool is_sound(void)
{
	bool sound;

	kasan_pause();
	sound = heap_guard_check(&guard);
	kasan_go_on();
	return sound;
}

void heap_debug_check_or_stop(uintptr_t site)
{
	if (!is_sound())
		stop_at_fault(site);
}

size_t heap_debug_size(const void *pointer)
{
	return heap_guard_size(&guard, pointer);
}

bool heap_debug_check(void)
{
	char who[TEXT_BYTES], what[TEXT_BYTES];
	struct heap_fault fault;

	if (is_sound())
		return true;
	fault = heap_guard_fault(&guard);
	fault_tell(who, what, &fault);
	log_warn("heap: %s %s", who, what);
	return false;
}

/* ---- For the shell ------------------------------------------------------- */

const struct heap_guard *heap_debug_guard(void)
{
	return &guard;
}

void heap_debug_mark(void)
{
	heap_guard_mark(&guard);
}
