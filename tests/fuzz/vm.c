/* SPDX-License-Identifier: MIT */
/*
 * Ranges of addresses, with frames and page tables that may run out at any
 * point: what fails leaves nothing behind, and no two ranges touch.
 */
#include "fuzz.h"

#include <arch/paging.h>
#include <sys/mman.h>

#undef VM_BASE
#undef VM_SIZE
#define VM_BASE ((uint64_t)(uintptr_t)window)
#define VM_SIZE ((uint64_t)PAGES_MAX * PAGE_SIZE)

enum {
	PAGES_MAX = 64,
};

static uint8_t *window;

#include "../../mm/vm.c"

enum {
	NOT_MAPPED = 0,
	FRAME_FIRST = 1000,
};

static struct {
	uint64_t frame; /* NOT_MAPPED or its address */
	int flags;
} pages[PAGES_MAX + 1];

static unsigned int frames_left, tables_left;
static uint64_t frames_out, frame_next;

/* ---- What the rest of the kernel would be ---- */

int frame_alloc(phys_addr_t *frame)
{
	if (frames_left == 0)
		return -1;
	frames_left--;
	frames_out++;
	*frame = phys_addr((FRAME_FIRST + frame_next++) * PAGE_SIZE);
	return 0;
}

void frame_free(phys_addr_t frame)
{
	FUZZ_CHECK(frame.value >= FRAME_FIRST * PAGE_SIZE);
	FUZZ_CHECK(frames_out > 0);
	frames_out--;
}

static size_t page_of(virt_addr_t virt)
{
	const uint64_t offset = virt.value - VM_BASE;

	FUZZ_CHECK(virt.value >= VM_BASE && offset < VM_SIZE);
	FUZZ_CHECK(offset % PAGE_SIZE == 0);
	return offset / PAGE_SIZE;
}

int page_map(virt_addr_t virt, phys_addr_t phys, enum page_flags flags)
{
	const size_t page = page_of(virt);

	FUZZ_CHECK(pages[page].frame == NOT_MAPPED);
	FUZZ_CHECK(phys.value % PAGE_SIZE == 0 && (flags & PAGE_WRITE));
	if (tables_left == 0)
		return -1;
	tables_left--;
	pages[page].frame = phys.value;
	pages[page].flags = (int)flags;
	return 0;
}

int page_unmap(virt_addr_t virt, phys_addr_t *phys)
{
	const size_t page = page_of(virt);

	if (pages[page].frame == NOT_MAPPED)
		return -1;
	if (phys != NULL)
		*phys = phys_addr(pages[page].frame);
	pages[page].frame = NOT_MAPPED;
	return 0;
}

/* ---- Steps ---- */

static size_t mapped(void)
{
	size_t count = 0;

	for (size_t i = 0; i < PAGES_MAX; i++)
		count += pages[i].frame != NOT_MAPPED;
	return count;
}

/* The pages of a new range are mapped, the ones beside it are not. */
static size_t check_range(const uint8_t *at, size_t size, size_t before)
{
	const size_t offset = (size_t)(at - window);
	const size_t first = offset / PAGE_SIZE;
	const size_t end = (offset + size + PAGE_SIZE - 1) / PAGE_SIZE;

	FUZZ_CHECK(first > 0 && pages[first - 1].frame == NOT_MAPPED);
	FUZZ_CHECK(end < PAGES_MAX && pages[end].frame == NOT_MAPPED);
	for (size_t i = first; i < end; i++)
		FUZZ_CHECK(pages[i].frame != NOT_MAPPED);
	FUZZ_CHECK(mapped() == before + end - first);
	return end;
}

/* Could it have been had? @end is where the last range ends. */
static bool could_fit(size_t size, size_t end)
{
	return size > 0 && size <= VM_SIZE &&
	       end + 1 + (size + PAGE_SIZE - 1) / PAGE_SIZE + 1 <= PAGES_MAX;
}

static size_t step_alloc(struct fuzz_input *input, size_t end)
{
	const size_t size = fuzz_number(input, 2) * (fuzz_byte(input) % 8);
	const size_t before = mapped(), out = frames_out;
	const size_t wanted = (size + PAGE_SIZE - 1) / PAGE_SIZE;
	const bool fits = could_fit(size, end) && wanted <= frames_left &&
			  wanted <= tables_left;
	uint8_t *at;

	memset(window, 0xee, VM_SIZE);
	at = vm_alloc(size);
	FUZZ_CHECK((at != NULL) == fits);
	if (at == NULL) {
		FUZZ_CHECK(mapped() == before && frames_out == out);
		return end;
	}
	FUZZ_CHECK((uintptr_t)at % PAGE_SIZE == 0 &&
		   frames_out == out + wanted);
	for (size_t i = 0; i < wanted * PAGE_SIZE; i += 8)
		FUZZ_CHECK(at[i] == 0 && at[i + 7] == 0);
	return check_range(at, size, before);
}

static size_t step_device(struct fuzz_input *input, size_t end)
{
	const uint64_t phys = PAGE_SIZE + fuzz_number(input, 4);
	const size_t size = fuzz_number(input, 2) * (fuzz_byte(input) % 8);
	const uint64_t offset = phys % PAGE_SIZE;
	const size_t before = mapped(), out = frames_out;
	const size_t wanted = (size + offset + PAGE_SIZE - 1) / PAGE_SIZE;
	const bool fits = could_fit(size + offset, end) &&
			  wanted <= tables_left && size <= VM_SIZE;
	uint8_t *at = vm_map_device(phys_addr(phys), size, PAGE_UNCACHED);

	FUZZ_CHECK((at != NULL) == fits && frames_out == out);
	if (at == NULL) {
		FUZZ_CHECK(mapped() == before);
		return end;
	}
	FUZZ_CHECK((uintptr_t)at % PAGE_SIZE == offset);
	for (size_t i = 0; i < wanted; i++) {
		const size_t page = (size_t)(at - window) / PAGE_SIZE + i;

		FUZZ_CHECK(pages[page].frame == phys - offset + i * PAGE_SIZE);
		FUZZ_CHECK(pages[page].flags == (PAGE_UNCACHED | PAGE_WRITE));
	}
	return check_range(at, size, before);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = { data, size };
	size_t end = 0;

	if (window == NULL)
		window = mmap(NULL, VM_SIZE, PROT_READ | PROT_WRITE,
			      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	FUZZ_CHECK(window != MAP_FAILED);
	memset(pages, 0, sizeof(pages));
	used_bytes = PAGE_SIZE;
	frames_out = frame_next = 0;
	FUZZ_CHECK(vm_alloc(VM_SIZE + 1) == NULL);
	FUZZ_CHECK(vm_alloc(SIZE_MAX) == NULL);
	FUZZ_CHECK(vm_map_device(phys_addr(1), SIZE_MAX, 0) == NULL);
	while (input.size > 0) {
		const uint8_t choice = fuzz_byte(&input);

		frames_left = choice & 2 ? choice >> 2 : PAGES_MAX;
		tables_left = choice & 4 ? choice >> 3 : PAGES_MAX;
		end = choice & 1 ? step_alloc(&input, end)
				 : step_device(&input, end);
	}
	return 0;
}
