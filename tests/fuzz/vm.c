/* SPDX-License-Identifier: MIT */
/*
 * Ranges of addresses, taken and given back, with frames and page tables that
 * may run out at any point: each lies where a search by brute force finds the
 * first place, what fails leaves nothing behind, no two ranges touch, and all
 * that is given back is there again.
 */
#include "fuzz.h"

#include <arch/paging.h>
#include <setjmp.h>
#include <stdarg.h>
#include <sys/mman.h>

#undef VM_BASE
#undef VM_SIZE
#undef PAGE_LARGE_SIZE
#define VM_BASE         ((uint64_t)(uintptr_t)window)
#define VM_SIZE         ((uint64_t)PAGES_MAX * PAGE_SIZE)
#define PAGE_LARGE_SIZE (8 * PAGE_SIZE)

enum {
	PAGES_MAX = 64,
	RECORDS_MAX = 4, /* frames of them */
};

static uint8_t *window;

#include "../../kernel/area.c"
#include "../../lib/printf.c"
#include "../../mm/vm.c"

enum {
	NOT_MAPPED = 0,
	FRAME_FIRST = 1000,
	FRAMES_MAX = 4096,
};

static struct {
	uint64_t frame; /* NOT_MAPPED or its address */
	int flags;
} pages[PAGES_MAX];

static bool is_out[FRAMES_MAX];
static unsigned int frames_left, maps_left;
static uint64_t frames_out, frames_of_records;
static uint8_t records[RECORDS_MAX][PAGE_SIZE] __aligned(4096);
static jmp_buf panicked;

/* What is alive, as the caller knows it. */
static struct {
	uint8_t *at;
	size_t first, count; /* pages */
	bool is_device;
} live[PAGES_MAX];
static size_t live_count;

/* ---- What the rest of the kernel would be ---- */

struct area_list kernel_areas;

int frame_alloc(phys_addr_t *frame)
{
	if (frames_left == 0)
		return -1;
	frames_left--;
	frames_out++;
	for (size_t i = 0; i < FRAMES_MAX; i++) {
		if (is_out[i])
			continue;
		is_out[i] = true;
		*frame = phys_addr((FRAME_FIRST + i) * PAGE_SIZE);
		return 0;
	}
	abort();
}

void frame_free(phys_addr_t frame)
{
	const uint64_t i = frame.value / PAGE_SIZE - FRAME_FIRST;

	FUZZ_CHECK(frame.value % PAGE_SIZE == 0 && i < FRAMES_MAX && is_out[i]);
	is_out[i] = false;
	frames_out--;
}

/* As the real one: a run at a multiple of its length, or none. */
int frames_alloc(size_t count, size_t align_frames, phys_addr_t limit,
		 phys_addr_t *first)
{
	size_t at = 0, free_ones = 0;

	FUZZ_CHECK(count == align_frames && limit.value == FRAMES_NO_LIMIT);
	FUZZ_CHECK(FRAME_FIRST % count == 0);
	if (count > frames_left)
		return -1;
	for (; free_ones < count; at += count) {
		FUZZ_CHECK(at < FRAMES_MAX);
		for (free_ones = 0; free_ones < count; free_ones++) {
			if (is_out[at + free_ones])
				break;
		}
	}
	at -= count;
	memset(&is_out[at], true, count);
	*first = phys_addr((FRAME_FIRST + at) * PAGE_SIZE);
	frames_left -= (unsigned int)count;
	frames_out += count;
	return 0;
}

void frames_free(phys_addr_t first, size_t count)
{
	for (size_t i = 0; i < count; i++)
		frame_free(phys_addr(first.value + i * PAGE_SIZE));
}

/* Only records are reached this way. */
void *phys_to_virt(phys_addr_t address)
{
	(void)address;
	FUZZ_CHECK(frames_of_records < RECORDS_MAX);
	return records[frames_of_records++];
}

static size_t page_of(virt_addr_t virt, size_t size_bytes)
{
	const uint64_t offset = virt.value - VM_BASE;

	FUZZ_CHECK(virt.value >= VM_BASE && offset < VM_SIZE);
	FUZZ_CHECK(size_bytes != 0 && size_bytes <= VM_SIZE - offset);
	FUZZ_CHECK((offset | size_bytes) % PAGE_SIZE == 0);
	return offset / PAGE_SIZE;
}

int page_map_range(virt_addr_t virt, phys_addr_t phys, size_t size_bytes,
		   enum page_flags flags)
{
	const size_t page = page_of(virt, size_bytes);

	FUZZ_CHECK(phys.value % PAGE_SIZE == 0 && (flags & PAGE_WRITE));
	if (maps_left == 0)
		return -1;
	maps_left--;
	for (size_t i = 0; i < size_bytes / PAGE_SIZE; i++) {
		FUZZ_CHECK(pages[page + i].frame == NOT_MAPPED);
		pages[page + i].frame = phys.value + i * PAGE_SIZE;
		pages[page + i].flags = (int)flags;
	}
	return 0;
}

int page_unmap_range(virt_addr_t virt, size_t size_bytes,
		     page_release_fn release)
{
	const size_t page = page_of(virt, size_bytes);

	for (size_t i = 0; i < size_bytes / PAGE_SIZE; i++) {
		const uint64_t frame = pages[page + i].frame;

		FUZZ_CHECK(frame != NOT_MAPPED);
		pages[page + i].frame = NOT_MAPPED;
		memset(window + (page + i) * PAGE_SIZE, 0xee, PAGE_SIZE);
		if (release != NULL)
			release(phys_addr(frame), PAGE_SIZE);
	}
	return 0;
}

void panic(const char *format, ...)
{
	(void)format;
	longjmp(panicked, 1);
}

/* ---- Steps ---- */

static size_t mapped(void)
{
	size_t count = 0;

	for (size_t i = 0; i < PAGES_MAX; i++)
		count += pages[i].frame != NOT_MAPPED;
	return count;
}

static bool is_free(size_t from, size_t count)
{
	for (size_t i = from; i < from + count; i++) {
		if (i >= PAGES_MAX || pages[i].frame != NOT_MAPPED)
			return false;
	}
	return true;
}

/* The first place by brute force: free with a page on either side, and where
 * it has a large page's size as its memory lies. 0 where there is none. */
static size_t place_of(size_t count, uint64_t phys)
{
	const size_t unit = count < 8 ? 1 : 8;
	const uint64_t base = VM_BASE / PAGE_SIZE;

	for (size_t at = 1; count != 0 && at < PAGES_MAX; at++) {
		if ((base + at - phys / PAGE_SIZE) % unit == 0 &&
		    is_free(at - 1, count + 2))
			return at;
	}
	return 0;
}

static void remember(uint8_t *at, size_t first, size_t count, bool is_device)
{
	live[live_count].at = at;
	live[live_count].first = first;
	live[live_count].count = count;
	live[live_count++].is_device = is_device;
	for (size_t i = first; i < first + count; i++)
		FUZZ_CHECK(pages[i].frame != NOT_MAPPED);
}

/* Frames for records are kept, whatever becomes of the range. */
static unsigned int record_frames_needed(void)
{
	return spare == NULL ? 1 : 0;
}

static void step_alloc(struct fuzz_input *input, bool is_stack)
{
	const size_t size = fuzz_number(input, 2) * (fuzz_byte(input) % 8);
	const size_t count = (size + PAGE_SIZE - 1) / PAGE_SIZE;
	const size_t place = place_of(count, 0), before = mapped();
	const size_t pieces = count / 8 + count % 8;
	const uint64_t out = frames_out - frames_of_records;
	const bool fits = place != 0 && pieces <= maps_left &&
			  count + record_frames_needed() <= frames_left;
	uint8_t *at;

	at = is_stack ? vm_alloc_stack("", size) : vm_alloc("", size);
	FUZZ_CHECK((at != NULL) == fits);
	if (at == NULL) {
		FUZZ_CHECK(mapped() == before &&
			   frames_out - frames_of_records == out);
		return;
	}
	FUZZ_CHECK(at == window + place * PAGE_SIZE);
	FUZZ_CHECK(frames_out - frames_of_records == out + count);
	FUZZ_CHECK(mapped() == before + count);
	for (size_t i = 0; i < count * PAGE_SIZE; i += 8)
		FUZZ_CHECK(at[i] == 0 && at[i + 7] == 0);
	remember(at, place, count, false);
}

static void step_device(struct fuzz_input *input)
{
	const uint64_t phys = PAGE_SIZE + fuzz_number(input, 4);
	const size_t size = fuzz_number(input, 2) * (fuzz_byte(input) % 8);
	const uint64_t offset = phys % PAGE_SIZE;
	const size_t count =
		size == 0 ? 0 : (size + offset + PAGE_SIZE - 1) / PAGE_SIZE;
	const size_t place = place_of(count, phys), before = mapped();
	const uint64_t out = frames_out - frames_of_records;
	const bool fits = size <= VM_SIZE && place != 0 && maps_left > 0 &&
			  record_frames_needed() <= frames_left;
	uint8_t *at = vm_map_device("", phys_addr(phys), size, PAGE_UNCACHED);

	FUZZ_CHECK((at != NULL) == fits);
	FUZZ_CHECK(frames_out - frames_of_records == out);
	FUZZ_CHECK(mapped() == before + (fits ? count : 0));
	if (at == NULL)
		return;
	FUZZ_CHECK(at == window + place * PAGE_SIZE + offset);
	for (size_t i = 0; i < count; i++) {
		FUZZ_CHECK(pages[place + i].frame ==
			   phys - offset + i * PAGE_SIZE);
		FUZZ_CHECK(pages[place + i].flags ==
			   (PAGE_UNCACHED | PAGE_WRITE | PAGE_GLOBAL));
	}
	remember(at, place, count, true);
}

static bool frees(void *pointer)
{
	if (setjmp(panicked) != 0)
		return false;
	vm_free(pointer);
	return true;
}

/* One of the ranges that are alive, or something near it that is none. */
static void step_free(struct fuzz_input *input)
{
	const size_t before = mapped(), i = fuzz_byte(input);
	const uint64_t out = frames_out;

	if (live_count == 0)
		return;
	if (i & 0x80) {
		const size_t page = i % PAGES_MAX;
		bool begins = false;

		for (size_t j = 0; j < live_count; j++)
			begins |= live[j].first == page;
		if (!begins)
			FUZZ_CHECK(!frees(window + page * PAGE_SIZE) &&
				   mapped() == before && frames_out == out);
		return;
	}
	FUZZ_CHECK(frees(live[i % live_count].at));
	FUZZ_CHECK(mapped() == before - live[i % live_count].count);
	FUZZ_CHECK(frames_out == out - (live[i % live_count].is_device
						? 0
						: live[i % live_count].count));
	live[i % live_count] = live[live_count - 1];
	live_count--;
}

static void start(void)
{
	if (window == NULL) {
		window = mmap(NULL, VM_SIZE, PROT_READ | PROT_WRITE,
			      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		FUZZ_CHECK(window != MAP_FAILED);
		memset(window, 0xee, VM_SIZE);
	}
	memset(pages, 0, sizeof(pages));
	memset(is_out, 0, sizeof(is_out));
	kernel_areas.first = NULL;
	spare = NULL;
	frames_out = frames_of_records = live_count = 0;
	frames_left = maps_left = PAGES_MAX;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = { data, size };

	start();
	FUZZ_CHECK(vm_alloc("", VM_SIZE + 1) == NULL);
	FUZZ_CHECK(vm_alloc("", SIZE_MAX) == NULL);
	FUZZ_CHECK(vm_map_device("", phys_addr(1), SIZE_MAX, 0) == NULL);
	while (input.size > 0) {
		const uint8_t choice = fuzz_byte(&input);

		frames_left = choice & 4 ? choice >> 4 : PAGES_MAX;
		maps_left = choice & 8 ? choice >> 4 : PAGES_MAX;
		if ((choice & 3) == 0)
			step_free(&input);
		else if ((choice & 3) == 1)
			step_device(&input);
		else
			step_alloc(&input, (choice & 3) == 3);
	}
	while (live_count > 0)
		FUZZ_CHECK(frees(live[--live_count].at));
	FUZZ_CHECK(mapped() == 0 && frames_out == frames_of_records);
	FUZZ_CHECK(kernel_areas.first == NULL);
	return 0;
}
