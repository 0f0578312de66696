/* SPDX-License-Identifier: MIT */
/*
 * For the suites of page tables: a tree of its own, on a few frames that are
 * counted and can be made to run out. A frame that is free holds no zeros.
 */
#ifndef ARCH_KERNEL_PAGE_TABLE_FIXTURE_H
#define ARCH_KERNEL_PAGE_TABLE_FIXTURE_H

#include <kernel/ktest.h>
#include <lib/string.h>

#include "page_table.h"

#define KIB (1024UL)
#define MIB (1024 * KIB)
#define GIB (1024 * MIB)

enum {
	POOL_FRAMES = 16,
};

static uint8_t pool[POOL_FRAMES][PAGE_SIZE] __aligned(4096);
static bool pool_is_used[POOL_FRAMES];
static unsigned int frames_used, frames_limit, frees_wrong;

static int pool_alloc(phys_addr_t *frame)
{
	for (size_t i = 0; i < POOL_FRAMES && frames_used < frames_limit; i++) {
		if (pool_is_used[i])
			continue;
		pool_is_used[i] = true;
		frames_used++;
		*frame = phys_addr(i * PAGE_SIZE);
		return 0;
	}
	return -ENOMEM;
}

static void pool_free(phys_addr_t frame)
{
	const uint64_t i = frame.value / PAGE_SIZE;

	if (i >= POOL_FRAMES || !pool_is_used[i]) {
		frees_wrong++;
		return;
	}
	memset(pool[i], 0xaa, PAGE_SIZE);
	pool_is_used[i] = false;
	frames_used--;
}

static struct page_table tree;

static void tree_prepare(struct ktest *test)
{
	memset(pool, 0xaa, sizeof(pool));
	memset(pool_is_used, 0, sizeof(pool_is_used));
	frames_used = frees_wrong = 0;
	frames_limit = POOL_FRAMES;
	tree = (struct page_table){
		.window = virt_addr_of(pool).value,
		.largest_level = LEVEL_PDPT,
		.frame_alloc = pool_alloc,
		.frame_free = pool_free,
	};
	KTEST_ASSERT_EQ(test, page_table_init(&tree), 0);
}

/* Every invariant, and no table lost. */
static void tree_check(struct ktest *test)
{
	size_t frames = 0;

	KTEST_EXPECT(test, page_table_check(&tree, &frames));
	KTEST_EXPECT_EQ(test, frames, frames_used);
	KTEST_EXPECT_EQ(test, frees_wrong, 0);
}

#endif
