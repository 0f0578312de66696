/* SPDX-License-Identifier: MIT */
/*
 * The kernel's own heap: kmalloc, krealloc, kcalloc, kmalloc_aligned and kfree
 * against a list of what is alive; what is our bug panics. It may grow, while
 * there is memory.
 */
#include "fuzz.h"

#include <setjmp.h>
#include <string.h>
#include <sys/mman.h>

#define CONFIG_HEAP_SIZE_KIB    4
#define CONFIG_HEAP_MAX_KIB     12
#define CONFIG_HEAP_GROW        1
#define CONFIG_HEAP_BASE        0x444444440000
#define CONFIG_HEAP_ALLOCATOR   "list"
#define CONFIG_HEAP_CHECK_EVERY 1

#include "../../mm/heap.c"
#include "../../mm/heap_grow.c"
#include "../../mm/heap_handle.c"
#include "../../mm/heap_list.c"

enum {
	LIVE_MAX = 32,
};

static struct {
	uint8_t *at;
	size_t size;
} live[LIVE_MAX];

static jmp_buf panicked;
static bool has_memory;

/* ---- What the rest of the kernel would be ---- */

bool vm_map_fresh(virt_addr_t base, size_t size_bytes)
{
	FUZZ_CHECK(size_bytes > 0 && size_bytes % 4096 == 0);
	FUZZ_CHECK(base.value == CONFIG_HEAP_BASE ||
		   base.value == CONFIG_HEAP_BASE + mapped_bytes);
	FUZZ_CHECK(base.value + size_bytes <=
		   CONFIG_HEAP_BASE + HEAP_BYTES_MAX);
	return has_memory;
}

struct area_list kernel_areas;

void area_add(struct area_list *list, struct area *area)
{
	FUZZ_CHECK(list == &kernel_areas && area->start == CONFIG_HEAP_BASE);
}

void log_info(const char *format, ...)
{
	(void)format;
}

void panic(const char *format, ...)
{
	(void)format;
	longjmp(panicked, 1);
}

/* ---- Steps ---- */

static bool frees(void *pointer)
{
	if (setjmp(panicked) != 0)
		return false;
	kfree(pointer);
	return true;
}

static bool starts(void)
{
	if (setjmp(panicked) != 0)
		return false;
	heap_init();
	return true;
}

static uint8_t byte_at(size_t slot, size_t at)
{
	return (uint8_t)(slot * 31 + at * 7 + 1);
}

/* The bytes that an allocation had before. */
static void check_bytes(size_t slot, size_t size)
{
	for (size_t at = 0; at < size; at++)
		FUZZ_CHECK(live[slot].at[at] == byte_at(slot, at));
}

static void fill(size_t slot, uint8_t *at, size_t size)
{
	live[slot].at = at;
	live[slot].size = size;
	for (size_t i = 0; i < size; i++)
		at[i] = byte_at(slot, i);
}

static void step_realloc(size_t slot, size_t size)
{
	const size_t old = live[slot].size;
	const bool is_new = live[slot].at == NULL;
	struct heap_stats before, after;
	uint8_t *at;

	heap_stats_get(&before);
	at = krealloc(live[slot].at, size);
	heap_stats_get(&after);
	FUZZ_CHECK(after.allocations ==
		   before.allocations + (is_new && at != NULL));
	if (at == NULL) {
		FUZZ_CHECK(size > before.largest_bytes ||
			   before.largest_bytes == 0);
		FUZZ_CHECK(after.used_bytes == before.used_bytes);
		check_bytes(slot, old);
		return;
	}
	live[slot].at = at;
	check_bytes(slot, old < size ? old : size);
	fill(slot, at, size);
}

/* A new one by another call; @how chooses it. */
static void step_other(size_t slot, size_t size, uint8_t how)
{
	const size_t align = (size_t)1 << how % 10;
	uint8_t *at =
		how & 0x80 ? kcalloc(size, 1) : kmalloc_aligned(size, align);

	if (at == NULL)
		return;
	FUZZ_CHECK((uintptr_t)at % (how & 0x80 ? 1 : align) == 0);
	for (size_t i = 0; how & 0x80 && i < size; i++)
		FUZZ_CHECK(at[i] == 0);
	fill(slot, at, size);
}

static void step_free(size_t slot)
{
	uint8_t *at = live[slot].at;

	check_bytes(slot, live[slot].size);
	FUZZ_CHECK(frees(at));
	live[slot].at = NULL;
	live[slot].size = 0;
	FUZZ_CHECK(at == NULL || !frees(at));
	FUZZ_CHECK(!frees((void *)(CONFIG_HEAP_BASE + 8)));
}

static void step(struct fuzz_input *input)
{
	const uint8_t choice = fuzz_byte(input);
	const size_t slot = choice % LIVE_MAX;
	const size_t size = fuzz_number(input, choice >> 5 & 1 ? 2 : 1);

	has_memory = choice & 0x40;
	if (choice & 0x80)
		step_free(slot);
	else if (choice & 1 && live[slot].at == NULL)
		step_other(slot, size, fuzz_byte(input));
	else
		step_realloc(slot, size);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = { data, size };
	void *const base = (void *)CONFIG_HEAP_BASE;
	void *arena = mmap(base, HEAP_BYTES_MAX, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);

	FUZZ_CHECK(arena == base);
	memset(live, 0, sizeof(live));
	mapped_bytes = HEAP_BYTES;
	has_memory = false;
	FUZZ_CHECK(!starts());
	has_memory = true;
	FUZZ_CHECK(starts());
	FUZZ_CHECK(strcmp(heap_allocator_name(), "list") == 0);
	while (input.size > 0) {
		step(&input);
		FUZZ_CHECK(heap_check());
	}
	for (size_t slot = 0; slot < LIVE_MAX; slot++)
		step_free(slot);
	FUZZ_CHECK(heap_check());
	return 0;
}
