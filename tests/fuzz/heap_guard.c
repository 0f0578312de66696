/* SPDX-License-Identifier: MIT */
/*
 * The layer that finds what is done wrong with a heap. What is done right is
 * held against a list of what is alive; what is done wrong, a byte written
 * where nobody may write, a wrong pointer or size, must be found, and named.
 */
#include "fuzz.h"

#include <string.h>

#include "../../mm/heap_guard.c"
#include "../../mm/heap_guard_check.c"
#include "../../mm/heap_handle.c"
/* Both have one. */
#define list_add allocator_list_add
#include "../../mm/heap_list.c"

SET_DEFINE(heap_allocators);

enum {
	ARENA_BYTES = 16384,
	LIVE_MAX = 24,
	REDZONE = HEAP_GUARD_REDZONE_BYTES,
};

static struct live {
	uint8_t *at;
	size_t size;
} live[LIVE_MAX];

static uint8_t arena[ARENA_BYTES] __aligned(4096);
static struct heap_guard guard;

static void expect_fault(enum heap_fault_kind kind, const void *pointer)
{
	const struct heap_fault fault = heap_guard_fault(&guard);

	FUZZ_CHECK(fault.kind == kind && fault.pointer == pointer);
}

static void expect_well(void)
{
	FUZZ_CHECK(heap_guard_check(&guard));
	FUZZ_CHECK(guard.fault.kind == HEAP_FAULT_NONE);
}

static void check_filled(const struct live *one, size_t size)
{
	for (size_t i = 0; i < size; i++)
		FUZZ_CHECK(one->at[i] == (uint8_t)(one - live + 1));
}

static void step_take(struct live *one, struct fuzz_input *input)
{
	const size_t align = (size_t)1 << fuzz_byte(input) % 9;
	const size_t size = fuzz_number(input, 2) % 2048;
	uint8_t *at;

	if (one->at == NULL) {
		at = heap_guard_alloc(&guard, size, align, 1);
		FUZZ_CHECK(at == NULL || (uintptr_t)at % align == 0);
		one->size = 0;
	} else {
		at = heap_guard_realloc(&guard, one->at, size, 2);
	}
	if (at == NULL)
		return;
	one->at = at;
	check_filled(one, one->size < size ? one->size : size);
	one->size = size;
	memset(at, (int)(one - live + 1), size);
}

static void step_free(struct live *one, size_t said)
{
	const size_t size = said % 4 == 0   ? HEAP_GUARD_ANY_SIZE
			    : said % 4 == 1 ? one->size
					    : said;

	if (one->at == NULL)
		return;
	check_filled(one, one->size);
	if (size != HEAP_GUARD_ANY_SIZE && size != one->size) {
		FUZZ_CHECK(heap_guard_free(&guard, one->at, size, 3) != 0);
		expect_fault(HEAP_FAULT_WRONG_SIZE, one->at);
		return;
	}
	FUZZ_CHECK(heap_guard_free(&guard, one->at, size, 3) == 0);
	/* All of it is in the pattern, if it waits: not written to. */
	FUZZ_CHECK(heap_guard_free(&guard, one->at, size, 3) != 0);
	FUZZ_CHECK(heap_guard_fault(&guard).kind != HEAP_FAULT_NONE);
	one->at = NULL;
}

/* A byte that nobody may write to; it is put back. */
static void step_spoil(struct live *one, uint8_t where, uint8_t change)
{
	const size_t at = where % REDZONE;
	const bool is_behind = where & 0x80;
	uint8_t *byte;

	if (one->at == NULL || change == 0)
		return;
	byte = is_behind ? one->at + one->size + at : one->at - 1 - at;
	*byte ^= change;
	FUZZ_CHECK(!heap_guard_check(&guard));
	expect_fault(is_behind ? HEAP_FAULT_BEHIND : HEAP_FAULT_BEFORE,
		     one->at);
	FUZZ_CHECK(heap_guard_free(&guard, one->at, HEAP_GUARD_ANY_SIZE, 4) !=
		   0);
	expect_fault(is_behind ? HEAP_FAULT_BEHIND : HEAP_FAULT_BEFORE,
		     one->at);
	*byte ^= change;
}

/* Any other pointer is nobody's. */
static void step_wrong_free(size_t at)
{
	for (size_t i = 0; i < LIVE_MAX; i++) {
		if (live[i].at == arena + at)
			return;
	}
	FUZZ_CHECK(heap_guard_free(&guard, arena + at, HEAP_GUARD_ANY_SIZE,
				   5) != 0);
	FUZZ_CHECK(heap_guard_fault(&guard).kind != HEAP_FAULT_NONE);
}

/* A write to the oldest that waits: the check and its way out tell. */
static void step_write_after_free(uint8_t where, uint8_t change)
{
	const struct guard_block *block = guard.waiting.first;
	uint8_t *content;

	if (block == NULL || block->size == 0 || change == 0)
		return;
	content = guard_content(&guard, block);
	content[where % block->size] ^= change;
	FUZZ_CHECK(!heap_guard_check(&guard));
	expect_fault(HEAP_FAULT_AFTER_FREE, content);
	/* The whole arena with what is around it: never to be had. */
	FUZZ_CHECK(heap_guard_alloc(&guard,
				    guard.end - guard.start -
					    GUARD_HEADER_BYTES -
					    2 * guard_redzone(&guard),
				    HEAP_ALIGN, 6) == NULL);
	expect_fault(HEAP_FAULT_AFTER_FREE, content);
}

static void step(struct fuzz_input *input)
{
	const uint8_t choice = fuzz_byte(input);
	struct live *one = &live[choice % LIVE_MAX];

	switch (fuzz_byte(input) % 8) {
	case 0:
		step_spoil(one, fuzz_byte(input), fuzz_byte(input));
		break;
	case 1:
		step_wrong_free(fuzz_number(input, 2) % ARENA_BYTES);
		break;
	case 2:
		step_write_after_free(fuzz_byte(input), fuzz_byte(input));
		break;
	case 3:
	case 4:
		step_free(one, fuzz_byte(input));
		break;
	default:
		step_take(one, input);
		break;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = { data, size };
	const struct heap_guard_options options = {
		.redzone = true,
		.poison = true,
		.quarantine_bytes = fuzz_number(&input, 1) * 32,
	};

	memset(live, 0, sizeof(live));
	memset(arena, 0, sizeof(arena));
	FUZZ_CHECK(heap_guard_create(&guard, "list", arena, ARENA_BYTES,
				     &options) == 0);
	while (input.size > 0) {
		step(&input);
		expect_well();
		FUZZ_CHECK(guard.waiting.bytes <= options.quarantine_bytes);
	}
	for (size_t i = 0; i < LIVE_MAX; i++)
		step_free(&live[i], 0);
	expect_well();
	FUZZ_CHECK(guard.alive.count == 0 && guard.alive.bytes == 0);
	return 0;
}
