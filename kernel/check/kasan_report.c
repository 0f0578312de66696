/* SPDX-License-Identifier: MIT */
/*
 * What an access was that may not be: the shadow says why, and whose edge it
 * has passed is found by a walk through the shadow, or asked of who knows.
 */
#include <kernel/panic.h>
#include <kernel/symbols.h>
#include <kernel/util.h>
#include <lib/printf.h>

#include "kasan.h"

enum {
	TEXT_BYTES = 200,
	WALK_BYTES = 1 << 20, /* how far away an allocation is looked for */
	NEAR_BYTES = 32,      /* before an allocation: its own edge */
};

/* The reason; that of a granule which may be used in part stands behind it.
 * None where there is no shadow: the range wraps. */
static uint8_t reason_at(uintptr_t bad)
{
	const uint8_t *shadow = kasan_shadow_of(bad);

	if (shadow != NULL && *shadow < KASAN_GRANULE)
		shadow = kasan_shadow_of(bad + KASAN_GRANULE);
	return shadow == NULL ? 0 : *shadow;
}

static const char *reason_text(uint8_t reason)
{
	switch (reason) {
	case KASAN_FREED:
		return "use after free";
	case KASAN_HEAP:
		return "out of bounds of the heap's allocations";
	case KASAN_GLOBAL:
		return "out of bounds of a global object";
	case KASAN_STACK_LEFT:
	case KASAN_STACK_MIDDLE:
	case KASAN_STACK_RIGHT:
		return "out of bounds of a variable on the stack";
	case KASAN_STACK_RETURNED:
	case KASAN_STACK_SCOPE:
		return "use of a variable after its end";
	default:
		return "out of bounds";
	}
}

/* ---- Whose edge --------------------------------------------------------- */

/* From an address down, the first granule whose shadow is not @of; 0 where
 * there is none near. */
static uintptr_t walk_down(uintptr_t from, uint8_t of)
{
	const uintptr_t start = align_down(from, KASAN_GRANULE);

	for (uintptr_t at = start; start - at < WALK_BYTES;
	     at -= KASAN_GRANULE) {
		const uint8_t *const shadow = kasan_shadow_of(at);

		if (shadow == NULL)
			return 0;
		if (*shadow != of)
			return at;
	}
	return 0;
}

/* The first byte of a live allocation that ends at or before @bad. */
static uintptr_t allocation_before(uintptr_t bad)
{
	uintptr_t at = align_down(bad, KASAN_GRANULE);

	if (*kasan_shadow_of(at) >= KASAN_GRANULE)
		at = walk_down(at, *kasan_shadow_of(at));
	if (at == 0 || *kasan_shadow_of(at) >= KASAN_GRANULE)
		return 0;
	/* Its last granule may be one in part. */
	if (*kasan_shadow_of(at) != 0) {
		const uint8_t *const before =
			kasan_shadow_of(at - KASAN_GRANULE);

		if (before == NULL || *before != 0)
			return at;
		at -= KASAN_GRANULE;
	}
	at = walk_down(at, 0);
	return at == 0 ? 0 : at + KASAN_GRANULE;
}

/* The first byte of the freed allocation that @bad is in. */
static uintptr_t freed_around(uintptr_t bad)
{
	const uintptr_t at = walk_down(bad, KASAN_FREED);

	return at == 0 ? 0 : at + KASAN_GRANULE;
}

/* The next live allocation above. */
static uintptr_t allocation_behind(uintptr_t bad)
{
	const uintptr_t start = align_down(bad, KASAN_GRANULE);

	for (uintptr_t at = start; at - start < WALK_BYTES;
	     at += KASAN_GRANULE) {
		const uint8_t *const shadow = kasan_shadow_of(at);

		if (shadow == NULL)
			return 0;
		if (*shadow < KASAN_GRANULE)
			return at;
	}
	return 0;
}

/* The allocation that an address has to do with; 0 where there is none near. */
static uintptr_t allocation_of(uintptr_t bad, uint8_t reason)
{
	const uintptr_t before = reason == KASAN_FREED ? freed_around(bad)
						       : allocation_before(bad);
	const uintptr_t behind = allocation_behind(bad);

	if (before == 0 || (reason != KASAN_FREED && behind != 0 &&
			    behind - bad <= NEAR_BYTES))
		return behind;
	return before;
}

/* "1 byte", "2 bytes". */
static const char *plural(uint64_t count)
{
	return count == 1 ? "" : "s";
}

static void tell_heap(char text[TEXT_BYTES], uintptr_t bad, uint8_t reason)
{
	const uintptr_t start = allocation_of(bad, reason);
	char block[TEXT_BYTES];
	size_t size, behind;

	if (!kasan_heap_tell(start, &size, block, sizeof(block)))
		return;
	behind = bad - start - size + 1;
	if (bad < start)
		snprintf(text, TEXT_BYTES, "; %lu byte%s before %s",
			 start - bad, plural(start - bad), block);
	else if (bad >= start + size)
		snprintf(text, TEXT_BYTES, "; %zu byte%s behind %s", behind,
			 plural(behind), block);
	else
		snprintf(text, TEXT_BYTES, "; byte %lu of %s", bad - start,
			 block);
}

static void tell_global(char text[TEXT_BYTES], uintptr_t bad)
{
	const struct kasan_global *const global = kasan_global_find(bad);
	uint64_t behind;

	if (global == NULL)
		return;
	behind = bad - global->start - global->size_bytes + 1;
	snprintf(text, TEXT_BYTES, "; %lu byte%s behind %s (%zu byte%s) of %s",
		 behind, plural(behind), global->name, global->size_bytes,
		 plural(global->size_bytes), global->file);
}

void kasan_report(const struct kasan_access *access, uintptr_t bad)
{
	const uint8_t reason = reason_at(bad);
	char whose[TEXT_BYTES] = "", where[SYMBOL_TEXT_BYTES];

	symbol_describe_return(access->site, where, sizeof(where));
	if (reason == KASAN_FREED || reason == KASAN_HEAP)
		tell_heap(whose, bad, reason);
	else if (reason == KASAN_GLOBAL)
		tell_global(whose, bad);
	else if (reason >= KASAN_STACK_LEFT && reason <= KASAN_STACK_RIGHT)
		kasan_stack_tell(bad, whose, sizeof(whose));
	panic("KASAN: %s: %s of %zu byte%s at 0x%lx in %s%s",
	      reason_text(reason), access->is_write ? "write" : "read",
	      access->size_bytes, plural(access->size_bytes), access->address,
	      where, whose);
}
