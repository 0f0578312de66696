/* SPDX-License-Identifier: MIT */
/*
 * Tests of address ranges: a second copy of the text, in the upper half of the
 * window, which the kernel does not reach. Its pages and frames are real, and
 * counted, so that any of them can be made to fail.
 */
#include <kernel/ktest.h>
#include <lib/string.h>
#include <mm/frames.h>
#include <mm/vm.h>

enum {
	NEVER = -1,
	VECTOR_PAGE_FAULT = 14,
};

static struct {
	int pages_left, frames_left; /* until one fails; NEVER */
	enum page_flags flags;       /* of the last page */
	uint64_t phys;               /* behind the first page */
	unsigned int mapped;
} calls;

static int counted_page_map(virt_addr_t virt, phys_addr_t phys,
			    enum page_flags flags)
{
	if (calls.pages_left == 0)
		return -ENOMEM;
	calls.pages_left--;
	calls.flags = flags;
	if (calls.mapped++ == 0)
		calls.phys = phys.value;
	return page_map(virt, phys, flags);
}

static int counted_frame_alloc(phys_addr_t *frame)
{
	if (calls.frames_left == 0)
		return -ENOMEM;
	calls.frames_left--;
	return frame_alloc(frame);
}

void *copy_vm_alloc(size_t size_bytes);
bool copy_vm_map_fresh(virt_addr_t base, size_t size_bytes);
void *copy_vm_map_device(phys_addr_t phys, size_t size_bytes,
			 enum page_flags flags);

#define page_map      counted_page_map
#define frame_alloc   counted_frame_alloc
#define vm_alloc      copy_vm_alloc
#define vm_map_fresh  copy_vm_map_fresh
#define vm_map_device copy_vm_map_device
#include "vm.c"

#define WINDOW (VM_BASE + VM_SIZE / 2)

static uint64_t frames_before;

static void vm_prepare(struct ktest *test)
{
	phys_addr_t frame;

	calls = (__typeof__(calls)){ NEVER, NEVER, PAGE_READ, 0, 0 };
	used_bytes = VM_SIZE / 2;
	/* The tables of the window stay once they are there. */
	KTEST_ASSERT_EQ(test, frame_alloc(&frame), 0);
	KTEST_ASSERT_EQ(test, page_map(virt_addr(WINDOW), frame, PAGE_READ), 0);
	KTEST_ASSERT_EQ(test, page_unmap(virt_addr(WINDOW), NULL), 0);
	frame_free(frame);
	calls = (__typeof__(calls)){ NEVER, NEVER, PAGE_READ, 0, 0 };
	frames_before = frames_available();
}

/* What a case mapped; and it has lost no frame. */
static void vm_tidy(struct ktest *test)
{
	for (uint64_t at = 0; at < 64 * PAGE_SIZE; at += PAGE_SIZE) {
		phys_addr_t frame;

		if (page_unmap(virt_addr(WINDOW + at), &frame) == 0 &&
		    calls.flags == PAGE_WRITE)
			frame_free(frame);
	}
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
	uint8_t *first = copy_vm_alloc(1);
	uint8_t *second = copy_vm_alloc(2 * PAGE_SIZE);
	uint8_t *third = copy_vm_alloc(PAGE_SIZE + 1);

	KTEST_EXPECT_EQ(test, virt_addr_of(first).value, WINDOW);
	KTEST_EXPECT_EQ(test, virt_addr_of(second).value,
			WINDOW + 2 * PAGE_SIZE);
	KTEST_EXPECT_EQ(test, virt_addr_of(third).value,
			WINDOW + 5 * PAGE_SIZE);
	KTEST_EXPECT_EQ(test, calls.mapped, 1 + 2 + 2);
	KTEST_EXPECT_EQ(test, calls.flags, PAGE_WRITE);
	KTEST_EXPECT(test, is_zero(first, PAGE_SIZE));
	KTEST_EXPECT(test, is_zero(second, 2 * PAGE_SIZE));
	memset(second, 0xff, 2 * PAGE_SIZE);
	KTEST_EXPECT(test, is_zero(first, PAGE_SIZE));
	KTEST_EXPECT(test, is_zero(third, 2 * PAGE_SIZE));
	KTEST_EXPECT_EQ(test, frames_available(), frames_before - 5);
}

/* A page that was full of something is zero when it is handed out anew. */
static void vm_alloc_zeroes_used_frames(struct ktest *test)
{
	memset(copy_vm_alloc(4 * PAGE_SIZE), 0xff, 4 * PAGE_SIZE);
	unmap_frames(WINDOW, 4 * PAGE_SIZE);
	used_bytes = VM_SIZE / 2;
	KTEST_EXPECT(test,
		     is_zero(copy_vm_alloc(4 * PAGE_SIZE), 4 * PAGE_SIZE));
}

static void vm_ranges_have_guards(struct ktest *test)
{
	copy_vm_alloc(PAGE_SIZE);
	copy_vm_alloc(PAGE_SIZE);
	KTEST_EXPECT_FAULT(test, FAULT_NONE, touch(WINDOW));
	KTEST_EXPECT_FAULT(test, FAULT_NONE, touch(WINDOW + PAGE_SIZE - 1));
	KTEST_EXPECT_FAULT(test, VECTOR_PAGE_FAULT, touch(WINDOW - 1));
	KTEST_EXPECT_FAULT(test, VECTOR_PAGE_FAULT, touch(WINDOW + PAGE_SIZE));
	KTEST_EXPECT_FAULT(test, FAULT_NONE, touch(WINDOW + 2 * PAGE_SIZE));
	KTEST_EXPECT_FAULT(test, VECTOR_PAGE_FAULT,
			   touch(WINDOW + 3 * PAGE_SIZE));
}

static void vm_alloc_refuses_nonsense(struct ktest *test)
{
	KTEST_EXPECT(test, copy_vm_alloc(0) == NULL);
	KTEST_EXPECT(test, copy_vm_alloc(VM_SIZE + 1) == NULL);
	KTEST_EXPECT(test, copy_vm_alloc(SIZE_MAX) == NULL);
	KTEST_EXPECT(test, copy_vm_alloc(VM_SIZE) == NULL);
	KTEST_EXPECT_EQ(test, used_bytes, VM_SIZE / 2);
	KTEST_EXPECT_EQ(test, calls.mapped, 0);
}

/* The last range leaves room for the guard behind it. */
static void vm_window_has_an_end(struct ktest *test)
{
	uint64_t base = 0;

	used_bytes = VM_SIZE - 3 * PAGE_SIZE;
	KTEST_EXPECT(test, !range_reserve(3 * PAGE_SIZE, &base));
	KTEST_EXPECT_EQ(test, base, 0);
	KTEST_EXPECT(test, range_reserve(2 * PAGE_SIZE, &base));
	KTEST_EXPECT_EQ(test, base, VM_BASE + VM_SIZE - 3 * PAGE_SIZE);
	KTEST_EXPECT_EQ(test, used_bytes, VM_SIZE);
	range_cancel(2 * PAGE_SIZE);
	KTEST_EXPECT_EQ(test, used_bytes, VM_SIZE - 3 * PAGE_SIZE);
}

/* Whichever page or frame fails, nothing is kept, and the next call begins
 * at the same address. */
static void vm_alloc_undoes_what_failed(struct ktest *test)
{
	for (int count = 0; count < 4; count++) {
		calls.pages_left = count;
		calls.frames_left = NEVER;
		KTEST_EXPECT(test, copy_vm_alloc(4 * PAGE_SIZE) == NULL);
		KTEST_EXPECT_EQ(test, frames_available(), frames_before);
		calls.pages_left = NEVER;
		calls.frames_left = count;
		KTEST_EXPECT(test, copy_vm_alloc(4 * PAGE_SIZE) == NULL);
		KTEST_EXPECT_EQ(test, frames_available(), frames_before);
		KTEST_EXPECT_EQ(test, used_bytes, VM_SIZE / 2);
	}
	calls.pages_left = calls.frames_left = 4;
	KTEST_EXPECT_EQ(test, virt_addr_of(copy_vm_alloc(4 * PAGE_SIZE)).value,
			WINDOW);
}

static void vm_map_fresh_at_a_place(struct ktest *test)
{
	KTEST_EXPECT(test, copy_vm_map_fresh(virt_addr(WINDOW + PAGE_SIZE),
					     2 * PAGE_SIZE));
	KTEST_EXPECT_EQ(test, calls.mapped, 2);
	KTEST_EXPECT_EQ(test, used_bytes, VM_SIZE / 2);
	KTEST_EXPECT_FAULT(test, VECTOR_PAGE_FAULT, touch(WINDOW));
	KTEST_EXPECT_FAULT(test, FAULT_NONE, touch(WINDOW + PAGE_SIZE));
	/* Something is mapped there: nothing changes. */
	KTEST_EXPECT(test,
		     !copy_vm_map_fresh(virt_addr(WINDOW), 2 * PAGE_SIZE));
	KTEST_EXPECT_FAULT(test, VECTOR_PAGE_FAULT, touch(WINDOW));
	KTEST_EXPECT_EQ(test, frames_available(), frames_before - 2);
}

/* A byte near a page's end and the next: two pages, at their offset. */
static void vm_map_device_shows_its_memory(struct ktest *test)
{
	uint8_t *device =
		copy_vm_map_device(phys_addr(0xb8fff), 2, PAGE_UNCACHED);
	phys_addr_t at = { 0 };

	KTEST_EXPECT_EQ(test, virt_addr_of(device).value, WINDOW + 0xfff);
	KTEST_EXPECT_EQ(test, calls.mapped, 2);
	KTEST_EXPECT_EQ(test, calls.phys, 0xb8000);
	KTEST_EXPECT_EQ(test,
			page_translate(virt_addr(WINDOW + PAGE_SIZE), &at), 0);
	KTEST_EXPECT_EQ(test, at.value, 0xb9000);
	KTEST_EXPECT_EQ(test, calls.flags, PAGE_WRITE | PAGE_UNCACHED);
	KTEST_EXPECT_EQ(test, used_bytes, VM_SIZE / 2 + 3 * PAGE_SIZE);
	device = copy_vm_map_device(phys_addr(0xb8000), PAGE_SIZE,
				    PAGE_WRITE_COMBINING);
	KTEST_EXPECT_EQ(test, virt_addr_of(device).value,
			WINDOW + 3 * PAGE_SIZE);
	KTEST_EXPECT_EQ(test, calls.mapped, 3);
	KTEST_EXPECT_EQ(test, calls.flags, PAGE_WRITE | PAGE_WRITE_COMBINING);
}

static void vm_map_device_undoes_what_failed(struct ktest *test)
{
	const phys_addr_t phys = phys_addr(0xb8000);

	for (int count = 0; count < 3; count++) {
		calls.pages_left = count;
		KTEST_EXPECT(test, copy_vm_map_device(phys, 3 * PAGE_SIZE,
						      PAGE_READ) == NULL);
		KTEST_EXPECT_EQ(test, used_bytes, VM_SIZE / 2);
	}
	KTEST_EXPECT_FAULT(test, VECTOR_PAGE_FAULT, touch(WINDOW));
	KTEST_EXPECT_FAULT(test, VECTOR_PAGE_FAULT, touch(WINDOW + PAGE_SIZE));
	calls = (__typeof__(calls)){ NEVER, NEVER, PAGE_READ, 0, 0 };
	KTEST_EXPECT(test,
		     copy_vm_map_device(phys, VM_SIZE + 1, PAGE_READ) == NULL);
	KTEST_EXPECT(test,
		     copy_vm_map_device(phys, SIZE_MAX, PAGE_READ) == NULL);
	KTEST_EXPECT(test, copy_vm_map_device(phys, 0, PAGE_READ) == NULL);
	KTEST_EXPECT_EQ(test, calls.mapped, 0);
}

/* Found by fuzzing: once the last page was used, the room that is left was
 * counted below zero. */
static void vm_window_used_up(struct ktest *test)
{
	uint64_t base;

	used_bytes = VM_SIZE - 2 * PAGE_SIZE;
	KTEST_EXPECT(test, range_reserve(PAGE_SIZE, &base));
	KTEST_EXPECT_EQ(test, base, VM_BASE + VM_SIZE - 2 * PAGE_SIZE);
	KTEST_EXPECT_EQ(test, used_bytes, VM_SIZE);
	KTEST_EXPECT(test, !range_reserve(PAGE_SIZE, &base));
	KTEST_EXPECT(test, !range_reserve(VM_SIZE, &base));
}

static const struct ktest_case vm_cases[] = {
	KTEST_CASE(vm_alloc_gives_zeroed_pages),
	KTEST_CASE(vm_alloc_zeroes_used_frames),
	KTEST_CASE(vm_ranges_have_guards),
	KTEST_CASE(vm_alloc_refuses_nonsense),
	KTEST_CASE(vm_window_has_an_end),
	KTEST_CASE(vm_alloc_undoes_what_failed),
	KTEST_CASE(vm_map_fresh_at_a_place),
	KTEST_CASE(vm_map_device_shows_its_memory),
	KTEST_CASE(vm_map_device_undoes_what_failed),
	KTEST_CASE(vm_window_used_up),
};
KTEST_SUITE_WITH(vm, vm_cases, .parent = "mm", .setup = vm_prepare,
		 .teardown = vm_tidy);
