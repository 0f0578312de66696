/* SPDX-License-Identifier: MIT */
/*
 * Tests of address ranges: a second copy of the text, with a list of areas of
 * its own, in the upper half of the window, which the kernel does not reach.
 * Its pages and frames are real, and counted, so that any of them can be made
 * to fail.
 */
#include <kernel/area.h>
#include <kernel/ktest.h>
#include <lib/string.h>
#include <mm/frames.h>
#include <mm/vm.h>

enum {
	NEVER = -1,
	LARGE_FRAMES = PAGE_LARGE_SIZE / FRAME_SIZE,
	VECTOR_PAGE_FAULT = 14,
};

static struct {
	int maps_left, frames_left; /* until one fails; NEVER */
	enum page_flags flags;      /* of the last call */
	unsigned int maps;
	uint64_t next_frame; /* of those that a case has taken already */
	size_t next_frames;  /* how many */
} calls;

static int counted_page_map_range(virt_addr_t virt, phys_addr_t phys,
				  size_t size_bytes, enum page_flags flags)
{
	if (calls.maps_left == 0)
		return -ENOMEM;
	calls.maps_left--;
	calls.flags = flags;
	calls.maps++;
	return page_map_range(virt, phys, size_bytes, flags);
}

static int counted_frames_alloc(size_t count, size_t align_frames,
				phys_addr_t limit, phys_addr_t *first)
{
	if (count == 1 && calls.next_frames > 0) {
		calls.next_frames--;
		*first = phys_addr(calls.next_frame);
		calls.next_frame += FRAME_SIZE;
		return 0;
	}
	if (calls.frames_left != NEVER && calls.frames_left < (int)count)
		return -ENOMEM;
	if (calls.frames_left != NEVER)
		calls.frames_left -= (int)count;
	return frames_alloc(count, align_frames, limit, first);
}

static int counted_frame_alloc(phys_addr_t *frame)
{
	return counted_frames_alloc(1, 1, phys_addr(FRAMES_NO_LIMIT), frame);
}

static struct area_list copy_areas;

void *copy_vm_alloc(const char *name, size_t size_bytes);
void *copy_vm_alloc_stack(const char *name, size_t size_bytes);
bool copy_vm_map_fresh(virt_addr_t base, size_t size_bytes);
void *copy_vm_map_device(const char *name, phys_addr_t phys, size_t size_bytes,
			 enum page_flags flags);
void copy_vm_free(void *pointer);

/* The copy's window. */
static const uint64_t window = VM_BASE + VM_SIZE / 2;
static const uint64_t window_size = 16 * PAGE_LARGE_SIZE;
static const uint64_t first_page = VM_BASE + VM_SIZE / 2 + PAGE_SIZE;

/* What one case maps by itself: half a large page, and a page further on. */
#define JOINED_HALF (PAGE_LARGE_SIZE / 2)
static const uint64_t joined = VM_BASE + VM_SIZE / 2 + PAGE_LARGE_SIZE;
static const uint64_t behind =
	VM_BASE + VM_SIZE / 2 + 2 * PAGE_LARGE_SIZE + JOINED_HALF;

#define page_map_range counted_page_map_range
#define frame_alloc    counted_frame_alloc
#define frames_alloc   counted_frames_alloc
#define kernel_areas   copy_areas
#define vm_alloc       copy_vm_alloc
#define vm_alloc_stack copy_vm_alloc_stack
#define vm_map_fresh   copy_vm_map_fresh
#define vm_map_device  copy_vm_map_device
#define vm_free        copy_vm_free
#undef VM_BASE
#undef VM_SIZE
#define VM_BASE window
#define VM_SIZE window_size
#include "vm.c"

static uint64_t frames_before;
static const __typeof__(calls) fresh_calls = {
	.maps_left = NEVER,
	.frames_left = NEVER,
	.flags = PAGE_READ,
};

static void *alloc(size_t size_bytes)
{
	return vm_alloc("a test's", size_bytes);
}

static void *map_device(uint64_t phys, size_t size_bytes, enum page_flags flags)
{
	return vm_map_device("a device's", phys_addr(phys), size_bytes, flags);
}

/* A frame of records stays once it is there. */
static void vm_prepare(struct ktest *test)
{
	calls = fresh_calls;
	KTEST_ASSERT(test, alloc(1) != NULL);
	vm_free(virt_addr_pointer(virt_addr(first_page)));
	calls = fresh_calls;
	frames_before = frames_available();
}

/* Runs of frames, the first of each with this in it. */
struct hoard {
	struct hoard *next;
	size_t count;
};

/* All memory that there is. */
static struct hoard *hoard_all(void)
{
	struct hoard *last = NULL;
	phys_addr_t first;

	for (size_t count = LARGE_FRAMES; count != 0; count /= 2) {
		while (frames_alloc(count, count, phys_addr(FRAMES_NO_LIMIT),
				    &first) == 0) {
			struct hoard *hoard = phys_to_virt(first);

			*hoard = (struct hoard){ last, count };
			last = hoard;
		}
	}
	return last;
}

/* What the case below has, in case that it ends early. */
static struct hoard *hoarded;

static void hoard_free(void)
{
	struct hoard *hoard = hoarded;

	hoarded = NULL;
	while (hoard != NULL) {
		struct hoard *const next = hoard->next;
		phys_addr_t first = { 0 };

		page_translate(virt_addr_of(hoard), &first);
		frames_free(first, hoard->count);
		hoard = next;
	}
}

/* What is left of the frames that a case has taken. */
static void next_frames_free(void)
{
	if (calls.next_frames != 0)
		frames_free(phys_addr(calls.next_frame), calls.next_frames);
	calls.next_frames = 0;
}

/* What the case below has mapped, the page behind last. To split a large page
 * takes a frame, which the fault `allocations` may refuse, once. */
static void joined_unmap(void)
{
	struct page_mapping mapping;
	uint64_t at = joined;

	if (page_query(virt_addr(behind), &mapping) != 0)
		return;
	for (; at <= behind; at += PAGE_SIZE) {
		for (int tries = 0; tries < 2; tries++)
			page_unmap_range(virt_addr(at), PAGE_SIZE,
					 release_frames);
	}
}

/* Whatever a case has left over; then no frame is lost, and no table. */
static void vm_tidy(struct ktest *test)
{
	while (copy_areas.first != NULL)
		vm_free(virt_addr_pointer(virt_addr(copy_areas.first->start)));
	hoard_free();
	next_frames_free();
	joined_unmap();
	KTEST_EXPECT_EQ(test, frames_available(), frames_before);
}

static void touch(uint64_t address)
{
	__asm__ volatile("orb $0, (%0)" : : "r"(address) : "cc", "memory");
}

static bool is_zero(const uint8_t *bytes, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		if (bytes[i] != 0)
			return false;
	}
	return true;
}

static void vm_alloc_gives_zeroed_pages(struct ktest *test)
{
	uint8_t *first = alloc(1);
	uint8_t *second = alloc(2 * PAGE_SIZE);
	uint8_t *third = alloc(PAGE_SIZE + 1);

	KTEST_ASSERT(test, first != NULL && second != NULL && third != NULL);
	KTEST_EXPECT_EQ(test, virt_addr_of(first).value, first_page);
	KTEST_EXPECT_EQ(test, virt_addr_of(second).value,
			first_page + 2 * PAGE_SIZE);
	KTEST_EXPECT_EQ(test, virt_addr_of(third).value,
			first_page + 5 * PAGE_SIZE);
	KTEST_EXPECT_EQ(test, calls.maps, 1 + 2 + 2);
	KTEST_EXPECT_EQ(test, calls.flags, PAGE_WRITE | PAGE_GLOBAL);
	KTEST_EXPECT(test, is_zero(first, PAGE_SIZE));
	KTEST_EXPECT(test, is_zero(second, 2 * PAGE_SIZE));
	memset(second, 0xff, 2 * PAGE_SIZE);
	KTEST_EXPECT(test, is_zero(first, PAGE_SIZE));
	KTEST_EXPECT(test, is_zero(third, 2 * PAGE_SIZE));
}

/* Long ranges are made of large pages, as far as there are runs of frames. */
static void vm_alloc_by_large_pages(struct ktest *test)
{
	const size_t size = PAGE_LARGE_SIZE + PAGE_SIZE;
	const uint64_t at = window + PAGE_LARGE_SIZE;
	struct page_mapping mapping;

	KTEST_ASSERT_EQ(test, virt_addr_of(alloc(size)).value, at);
	KTEST_EXPECT_EQ(test, calls.maps, 2);
	KTEST_EXPECT_EQ(test, page_query(virt_addr(at), &mapping), 0);
	KTEST_EXPECT_EQ(test, mapping.size_bytes, PAGE_LARGE_SIZE);
	KTEST_EXPECT(test, is_zero(virt_addr_pointer(virt_addr(at)), size));
	vm_free(virt_addr_pointer(virt_addr(at)));
	KTEST_EXPECT_EQ(test, frames_available(), frames_before);
	/* The run is there, the page behind it is not; no run, no page. */
	calls.frames_left = PAGE_LARGE_SIZE / FRAME_SIZE;
	KTEST_EXPECT(test, alloc(size) == NULL);
	calls.frames_left = PAGE_LARGE_SIZE / FRAME_SIZE - 1;
	KTEST_EXPECT(test, alloc(size) == NULL);
	KTEST_EXPECT_EQ(test, frames_available(), frames_before);
}

/* What is freed is unmapped, and its place and its memory are used again:
 * zeroed, whatever was there. */
static void vm_free_gives_back(struct ktest *test)
{
	uint8_t *first = alloc(4 * PAGE_SIZE), *second = alloc(1);

	KTEST_ASSERT(test, first != NULL && second != NULL);
	memset(first, 0xff, 4 * PAGE_SIZE);
	vm_free(first);
	KTEST_EXPECT_FAULT(test, VECTOR_PAGE_FAULT, touch(first_page));
	KTEST_EXPECT_FAULT(test, VECTOR_PAGE_FAULT,
			   touch(first_page + 3 * PAGE_SIZE));
	KTEST_EXPECT_FAULT(test, FAULT_NONE, touch(virt_addr_of(second).value));
	KTEST_ASSERT(test, alloc(4 * PAGE_SIZE) == first);
	KTEST_EXPECT(test, is_zero(first, 4 * PAGE_SIZE));
	vm_free(first);
	vm_free(second);
	vm_free(NULL);
	KTEST_EXPECT_EQ(test, frames_available(), frames_before);
}

static void vm_free_of_nothing_panics(struct ktest *test)
{
	uint8_t *first = alloc(2 * PAGE_SIZE);
	static uint8_t elsewhere;

	KTEST_EXPECT_PANIC(test, vm_free(first + PAGE_SIZE));
	KTEST_EXPECT_PANIC(test, vm_free(first - PAGE_SIZE));
	KTEST_EXPECT_PANIC(test, vm_free(&elsewhere));
	vm_free(first);
	KTEST_EXPECT_PANIC(test, vm_free(first));
}

static void vm_ranges_have_guards(struct ktest *test)
{
	alloc(PAGE_SIZE);
	alloc(PAGE_SIZE);
	KTEST_EXPECT_FAULT(test, FAULT_NONE, touch(first_page));
	KTEST_EXPECT_FAULT(test, FAULT_NONE, touch(first_page + PAGE_SIZE - 1));
	KTEST_EXPECT_FAULT(test, VECTOR_PAGE_FAULT, touch(first_page - 1));
	KTEST_EXPECT_FAULT(test, VECTOR_PAGE_FAULT,
			   touch(first_page + PAGE_SIZE));
	KTEST_EXPECT_FAULT(test, FAULT_NONE, touch(first_page + 2 * PAGE_SIZE));
	KTEST_EXPECT_FAULT(test, VECTOR_PAGE_FAULT,
			   touch(first_page + 3 * PAGE_SIZE));
}

static const char *said(uint64_t address)
{
	static char text[AREA_TEXT_BYTES];

	return area_describe(&copy_areas, address, 0, text, sizeof(text)) ? text
									  : "";
}

static void vm_ranges_have_names(struct ktest *test)
{
	uint8_t *stack;

	alloc(PAGE_SIZE);
	stack = vm_alloc_stack("worker", 3 * PAGE_SIZE);
	KTEST_ASSERT(test, stack != NULL);
	KTEST_EXPECT(test, is_zero(stack, 3 * PAGE_SIZE));
	KTEST_EXPECT_STREQ(test, said(first_page - 1),
			   "1 byte before a test's");
	KTEST_EXPECT_STREQ(test, said(virt_addr_of(stack).value - 8),
			   "in the guard page of worker, 8 bytes below");
	vm_free(stack);
	KTEST_EXPECT_STREQ(test, said(first_page + 2 * PAGE_SIZE),
			   "4097 bytes past the end of a test's");
}

static void vm_alloc_refuses_nonsense(struct ktest *test)
{
	KTEST_EXPECT(test, alloc(0) == NULL);
	KTEST_EXPECT(test, alloc(VM_SIZE + 1) == NULL);
	KTEST_EXPECT(test, alloc(SIZE_MAX) == NULL);
	KTEST_EXPECT(test, alloc(VM_SIZE) == NULL);
	KTEST_EXPECT_EQ(test, calls.maps, 0);
	KTEST_EXPECT(test, copy_areas.first == NULL);
}

/* The last range leaves room for the guard behind it. */
static void vm_window_has_an_end(struct ktest *test)
{
	const size_t all = window_size - 2 * PAGE_SIZE;

	KTEST_EXPECT(test,
		     range_reserve("", all + PAGE_SIZE, phys_addr(0)) == NULL);
	/* All of it, but for a large page's alignment. */
	KTEST_ASSERT(test, map_device(PAGE_SIZE, all, PAGE_READ) != NULL);
	KTEST_EXPECT_EQ(test, copy_areas.first->start, first_page);
	KTEST_EXPECT_EQ(test, copy_areas.first->end,
			window + window_size - PAGE_SIZE);
	KTEST_EXPECT(test, alloc(1) == NULL);
}

/* Whichever table or frame fails, nothing is kept, and the next call begins
 * at the same address. */
static void vm_alloc_undoes_what_failed(struct ktest *test)
{
	for (int count = 0; count < 4; count++) {
		calls.maps_left = count;
		calls.frames_left = NEVER;
		KTEST_EXPECT(test, alloc(4 * PAGE_SIZE) == NULL);
		KTEST_EXPECT_EQ(test, frames_available(), frames_before);
		calls.maps_left = NEVER;
		calls.frames_left = count;
		KTEST_EXPECT(test, alloc(4 * PAGE_SIZE) == NULL);
		KTEST_EXPECT_EQ(test, frames_available(), frames_before);
		KTEST_EXPECT(test, copy_areas.first == NULL);
	}
	calls.maps_left = calls.frames_left = 4;
	KTEST_EXPECT_EQ(test, virt_addr_of(alloc(4 * PAGE_SIZE)).value,
			first_page);
}

/* As many ranges as a frame of records has; without memory for the next frame
 * there is no range. It takes a frame for good each time. */
static void vm_records_come_in_frames(struct ktest *test)
{
	struct vm_range *const kept = spare;
	size_t count = 0;

	spare = NULL;
	calls.frames_left = 0;
	KTEST_EXPECT(test, map_device(0xb8000, 1, PAGE_READ) == NULL);
	calls.frames_left = 1;
	do {
		KTEST_ASSERT(test, map_device(0xb8000, 1, PAGE_READ) != NULL);
		count++;
	} while (spare != NULL);
	KTEST_EXPECT_EQ(test, count, FRAME_SIZE / sizeof(struct vm_range));
	KTEST_EXPECT(test, map_device(0xb8000, 1, PAGE_READ) == NULL);
	spare = kept;
	frames_before--;
}

static void vm_map_fresh_at_a_place(struct ktest *test)
{
	KTEST_ASSERT(test, vm_map_fresh(virt_addr(window + PAGE_SIZE),
					2 * PAGE_SIZE));
	KTEST_EXPECT_EQ(test, calls.maps, 2);
	KTEST_EXPECT(test, copy_areas.first == NULL);
	KTEST_EXPECT_FAULT(test, VECTOR_PAGE_FAULT, touch(window));
	KTEST_EXPECT_FAULT(test, FAULT_NONE, touch(window + PAGE_SIZE));
	/* Something is mapped there: nothing changes. */
	KTEST_EXPECT(test, !vm_map_fresh(virt_addr(window), 2 * PAGE_SIZE));
	KTEST_EXPECT_FAULT(test, VECTOR_PAGE_FAULT, touch(window));
	KTEST_EXPECT_EQ(test,
			page_unmap_range(virt_addr(window + PAGE_SIZE),
					 2 * PAGE_SIZE, release_frames),
			0);
}

static int map_for_good(uint64_t at, phys_addr_t first, size_t size_bytes)
{
	return page_map_range(virt_addr(at), first, size_bytes,
			      PAGE_WRITE | PAGE_GLOBAL);
}

/* Map some of a run of frames, the others are *@rest. */
static bool map_some_of(uint64_t at, size_t size_bytes, size_t count,
			phys_addr_t *rest)
{
	phys_addr_t run;

	if (frames_alloc(count, count, phys_addr(FRAMES_NO_LIMIT), &run) != 0)
		return false;
	if (map_for_good(at, run, size_bytes) != 0) {
		frames_free(run, count);
		return false;
	}
	*rest = phys_addr(run.value + size_bytes);
	return true;
}

/* The first pages become one large page with those before them, and the frame
 * of their table is used up before memory ends. */
static void vm_map_fresh_undoes_what_was_joined(struct ktest *test)
{
	const size_t half = JOINED_HALF;
	const uint64_t large = joined, base = large + half;
	struct page_mapping mapping;
	phys_addr_t rest;
	bool is_done;

	/* The table of this one is there for the pages before it. */
	KTEST_ASSERT(test, map_some_of(behind, PAGE_SIZE, 1, &rest));
	KTEST_ASSERT(test, map_some_of(large, half, LARGE_FRAMES, &rest));
	hoarded = hoard_all();
	calls.next_frame = rest.value;
	calls.next_frames = half / FRAME_SIZE;
	is_done = vm_map_fresh(virt_addr(base), half + 2 * PAGE_SIZE);
	hoard_free();
	KTEST_EXPECT(test, !is_done);
	KTEST_EXPECT_EQ(test, calls.next_frames, 0);
	KTEST_EXPECT_EQ(test, page_query(virt_addr(base), &mapping), -ENOENT);
	KTEST_EXPECT_EQ(test, page_query(virt_addr(base - 1), &mapping), 0);
	KTEST_EXPECT_EQ(test, mapping.size_bytes, PAGE_SIZE);
	KTEST_EXPECT_EQ(
		test, page_unmap_range(virt_addr(large), half, release_frames),
		0);
}

/* A byte near a page's end and the next: two pages, at their offset. */
static void vm_map_device_shows_its_memory(struct ktest *test)
{
	uint8_t *device = map_device(0xb8fff, 2, PAGE_UNCACHED);
	phys_addr_t at = { 0 };

	KTEST_EXPECT_EQ(test, virt_addr_of(device).value, first_page + 0xfff);
	KTEST_EXPECT_EQ(test, page_translate(virt_addr(first_page), &at), 0);
	KTEST_EXPECT_EQ(test, at.value, 0xb8000);
	KTEST_EXPECT_EQ(test,
			page_translate(virt_addr(first_page + PAGE_SIZE), &at),
			0);
	KTEST_EXPECT_EQ(test, at.value, 0xb9000);
	KTEST_EXPECT_EQ(
		test,
		page_translate(virt_addr(first_page + 2 * PAGE_SIZE), &at),
		-EINVAL);
	KTEST_EXPECT_EQ(test, calls.flags,
			PAGE_WRITE | PAGE_UNCACHED | PAGE_GLOBAL);
	vm_free(device);
	KTEST_EXPECT_FAULT(test, VECTOR_PAGE_FAULT, touch(first_page));
	KTEST_EXPECT_EQ(test, frames_available(), frames_before);
}

/* It lies as its memory does, so that large pages fit. */
static void vm_map_device_by_large_pages(struct ktest *test)
{
	const uint64_t phys = 0xfd000000 - PAGE_SIZE;
	struct page_mapping mapping;
	uint8_t *device = map_device(phys, PAGE_LARGE_SIZE + 2 * PAGE_SIZE,
				     PAGE_WRITE_COMBINING);

	KTEST_EXPECT_EQ(test, virt_addr_of(device).value,
			window + PAGE_LARGE_SIZE - PAGE_SIZE);
	KTEST_EXPECT_EQ(
		test, page_query(virt_addr(window + PAGE_LARGE_SIZE), &mapping),
		0);
	KTEST_EXPECT_EQ(test, mapping.size_bytes, PAGE_LARGE_SIZE);
	KTEST_EXPECT_EQ(test, mapping.phys.value, 0xfd000000);
	KTEST_EXPECT_EQ(test, mapping.flags,
			PAGE_WRITE | PAGE_WRITE_COMBINING | PAGE_GLOBAL);
	/* What is short takes the room before it. */
	KTEST_EXPECT_EQ(test, virt_addr_of(map_device(0xb8000, 1, 0)).value,
			first_page);
}

static void vm_map_device_refuses_nonsense(struct ktest *test)
{
	calls.maps_left = 0;
	KTEST_EXPECT(test, map_device(0xb8000, PAGE_SIZE, PAGE_READ) == NULL);
	KTEST_EXPECT(test, copy_areas.first == NULL);
	calls.maps_left = NEVER;
	KTEST_EXPECT(test,
		     map_device(0xb8000, PAGE_SIZE, PAGE_EXECUTE) == NULL);
	KTEST_EXPECT(test, map_device(0xb8000, VM_SIZE + 1, PAGE_READ) == NULL);
	KTEST_EXPECT(test, map_device(0xb8000, SIZE_MAX, PAGE_READ) == NULL);
	KTEST_EXPECT(test, map_device(0xb8001, 0, PAGE_READ) == NULL);
	KTEST_EXPECT(test, map_device(0xb8001, VM_SIZE, PAGE_READ) == NULL);
	KTEST_EXPECT(test, copy_areas.first == NULL);
}

static const struct ktest_case vm_cases[] = {
	KTEST_CASE(vm_alloc_gives_zeroed_pages),
	KTEST_CASE(vm_alloc_by_large_pages),
	KTEST_CASE(vm_free_gives_back),
	KTEST_CASE(vm_free_of_nothing_panics),
	KTEST_CASE(vm_ranges_have_guards),
	KTEST_CASE(vm_ranges_have_names),
	KTEST_CASE(vm_alloc_refuses_nonsense),
	KTEST_CASE(vm_window_has_an_end),
	KTEST_CASE(vm_alloc_undoes_what_failed),
	KTEST_CASE(vm_records_come_in_frames),
	KTEST_CASE(vm_map_fresh_at_a_place),
	KTEST_CASE(vm_map_fresh_undoes_what_was_joined),
	KTEST_CASE(vm_map_device_shows_its_memory),
	KTEST_CASE(vm_map_device_by_large_pages),
	KTEST_CASE(vm_map_device_refuses_nonsense),
};
KTEST_SUITE_WITH(vm, vm_cases, .parent = "mm", .setup = vm_prepare,
		 .teardown = vm_tidy);
