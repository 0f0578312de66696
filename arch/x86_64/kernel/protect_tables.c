/* SPDX-License-Identifier: MIT */
/*
 * Page tables come from a block of 2 MiB, which the direct map shows as one
 * read-only page: to protect a table costs no other table, and no page is
 * split. Tables beyond the 512 that it holds are in plain frames. Gates,
 * segments and task state lie in pages of their own in the image.
 */
#include "protect_tables.h"

#include <arch/cpu.h>
#include <arch/paging.h>
#include <kernel/log.h>
#include <kernel/panic.h>
#include <lib/bitmap.h>

#include "layout.h"
#include "write_window.h"

enum {
	POOL_FRAMES = PAGE_LARGE_SIZE / FRAME_SIZE,
};

static struct {
	phys_addr_t first;
	bool exists;
	uint64_t used[POOL_FRAMES / 64];
} pool;

static struct {
	struct write_window before;
	struct irq_state interrupts;
	page_release_fn release;
} change;

void protect_tables_prepare(void)
{
	pool.exists =
		frames_alloc(POOL_FRAMES, POOL_FRAMES,
			     phys_addr(FRAMES_NO_LIMIT), &pool.first) == 0;
	if (!pool.exists)
		log_warn("paging: no 2 MiB for page tables, so they are not "
			 "protected");
}

static void make_read_only(const void *start, size_t size_bytes)
{
	if (page_protect_range(virt_addr_of(start), size_bytes,
			       PAGE_READ | PAGE_GLOBAL) != 0)
		panic("paging: the CPU's tables cannot be protected");
}

void protect_tables_close(void)
{
	const size_t bytes = (size_t)(protected_end - protected_start);
	const phys_addr_t image =
		phys_addr(virt_addr_of(protected_start).value - KERNEL_BASE);

	make_read_only(protected_start, bytes);
	make_read_only(phys_to_virt(image), bytes);
	if (pool.exists)
		make_read_only(phys_to_virt(pool.first), PAGE_LARGE_SIZE);
}

void tables_open(void)
{
	change.interrupts = irq_save();
	change.before = write_window_open();
}

void tables_close(void)
{
	write_window_close(change.before);
	irq_restore(change.interrupts);
}

static void release_closed(phys_addr_t phys, size_t size_bytes)
{
	tables_close();
	change.release(phys, size_bytes);
	tables_open();
}

page_release_fn tables_release(page_release_fn release)
{
	change.release = release;
	return release == NULL ? NULL : release_closed;
}

int table_frame_alloc(phys_addr_t *frame)
{
	const size_t at = pool.exists
				  ? bitmap_find_zero(pool.used, POOL_FRAMES, 0)
				  : POOL_FRAMES;

	if (at == POOL_FRAMES)
		return frame_alloc(frame);
	bitmap_fill(pool.used, at, 1, true);
	*frame = phys_addr(pool.first.value + at * FRAME_SIZE);
	return 0;
}

void table_frame_free(phys_addr_t frame)
{
	const uint64_t offset = frame.value - pool.first.value;

	if (!pool.exists || offset >= PAGE_LARGE_SIZE)
		frame_free(frame);
	else
		bitmap_fill(pool.used, offset / FRAME_SIZE, 1, false);
}
