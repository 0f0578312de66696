/* SPDX-License-Identifier: MIT */
/*
 * Tests of the fast heap's walk over everything: it sees what is wrong.
 */
#include "heap_fast_arena.h"

static struct heap_fast_front *front;
static size_t tiny, full, open, current; /* places of slabs */

static void heap_fast_check_prepare(struct ktest *test)
{
	arena_prepare(test);
	front = heap.front;
	for (size_t i = 0; i < 300; i++)
		many[i] = ops->alloc(&heap, 16);
	KTEST_ASSERT_GE(test, front->of_class[1], 4);
	full = place_of(many[0]);
	open = place_of(many[70]);
	current = place_of(many[299]);
	ops->free(&heap, many[70]);
	many[300] = ops->alloc(&heap, 8);
	tiny = place_of(many[300]);
	for (size_t i = 301; i < 320; i++)
		many[i] = ops->alloc(&heap, 500);
	KTEST_ASSERT_EQ(test, front->listed[1], 1);
	KTEST_ASSERT_EQ(test, *heap_fast_kind(&heap, tiny), 1);
	KTEST_ASSERT(test, ops->check(&heap));
}

static void heap_fast_check_sees_wrong_places(struct ktest *test)
{
	uint8_t *const last = heap_fast_kind(&heap, front->places - 1);
	uint8_t *const kind = heap_fast_kind(&heap, full);

	EXPECT_SEEN(test, *kind, 0);
	EXPECT_SEEN(test, *kind, FAST_KIND_RESERVED);
	EXPECT_SEEN(test, *kind, FAST_CLASSES + 1);
	EXPECT_SEEN(test, *kind, 2);
	EXPECT_SEEN(test, *kind, (uint8_t)(*kind + 1));
	EXPECT_SEEN(test, *last, 2);
	EXPECT_SEEN(test, *last, FAST_KIND_RESERVED);
	EXPECT_SEEN(test, *heap_fast_kind(&heap, current), 2 | FAST_KIND_FULL);
	EXPECT_SEEN(test, heap.map[full], 0);
	heap.map[current] = ~0UL;
	*heap_fast_kind(&heap, current) |= FAST_KIND_FULL;
	KTEST_EXPECT(test, !ops->check(&heap));
	heap_fast_check_prepare(test);
	EXPECT_SEEN(test, heap.map[open], 0);
	EXPECT_SEEN(test, heap.map[open], ~0UL);
	EXPECT_SEEN(test, heap.map[front->places - 1], 1);
	EXPECT_SEEN(test, heap.favourite, front->places);
	EXPECT_SEEN(test, heap.favourite, front->places - 1);
	EXPECT_SEEN(test, *heap_fast_odd(&heap, tiny), ~0UL);
	/* Full, but for the other half. */
	heap.map[tiny] = ~0UL;
	*heap_fast_kind(&heap, tiny) |= FAST_KIND_FULL;
	KTEST_EXPECT(test, !ops->check(&heap));
}

static void heap_fast_check_sees_wrong_lists(struct ktest *test)
{
	struct heap_fast_links *const links =
		heap_fast_links(&heap, heap_fast_links_at(1, open));

	EXPECT_SEEN(test, links->next, links->next - 8);
	EXPECT_SEEN(test, links->next, -4);
	EXPECT_SEEN(test, links->next, INT32_MAX / 1024 * 1024);
	EXPECT_SEEN(test, links->next, heap_fast_links_at(1, full));
	EXPECT_SEEN(test, links->next, heap_fast_links_at(1, current));
	EXPECT_SEEN(test, links->previous, links->previous + 8);
	EXPECT_SEEN(test, front->lists[1].previous,
		    front->lists[1].previous + 8);
	EXPECT_SEEN(test, front->lists[1].next, links->next);
	EXPECT_SEEN(test, front->lists[1].next, heap_fast_links_at(1, current));
	EXPECT_SEEN(test, front->lists[1].next, heap_fast_links_at(1, full));
	EXPECT_SEEN(test, front->lists[1].next,
		    heap_fast_links_at(1, open) - 8);
	EXPECT_SEEN(test, front->listed[1], 0);
	EXPECT_SEEN(test, front->of_class[1], 1);
	EXPECT_SEEN(test, heap.map[open], ~heap_fast_starts[1]);
	/* Of 8 bytes: no free slot on either side. */
	while (front->of_class[0] == 1)
		KTEST_ASSERT(test, ops->alloc(&heap, 8) != NULL);
	KTEST_EXPECT_EQ(test, ops->free(&heap, many[300]), 0);
	KTEST_EXPECT_EQ(test, front->listed[0], 1);
	EXPECT_SEEN(test, heap.map[tiny], 0);
}

static void heap_fast_check_sees_wrong_current_ones(struct ktest *test)
{
	EXPECT_SEEN(test, front->slots[1], NULL);
	EXPECT_SEEN(test, front->slots[1], heap_fast_slab(&heap, open));
	EXPECT_SEEN(test, front->slots[1], front->slots[1] + 16);
	EXPECT_SEEN(test, front->slots[1], heap.base - 16);
	EXPECT_SEEN(test, front->slots[1], heap_fast_slab(&heap, tiny));
	EXPECT_SEEN(test, front->slots[3], heap.base);
	EXPECT_SEEN(test, front->words.of[1], &heap.map[open]);
	EXPECT_SEEN(test, heap.word, heap_fast_odd(&heap, tiny));
	EXPECT_SEEN(test, heap.slots, heap.slots + FAST_TINY);
	EXPECT_SEEN(test, heap.slots, NULL);
	EXPECT_SEEN(test, front->words.of[0], &heap.map[open]);
	while (heap.word == &heap.map[tiny])
		KTEST_ASSERT(test, ops->alloc(&heap, 8) != NULL);
	KTEST_EXPECT(test, ops->check(&heap));
	EXPECT_SEEN(test, heap.slots, heap.slots + FAST_TINY);
}

static void heap_fast_check_sees_wrong_blocks(struct ktest *test)
{
	struct heap_fast_kept *a = many[301], *b = many[302];

	KTEST_EXPECT_EQ(test, ops->free(&heap, a), 0);
	KTEST_EXPECT_EQ(test, ops->free(&heap, b), 0);
	KTEST_EXPECT_EQ(test, heap_fast_kept(front), 2);
	EXPECT_SEEN(test, a->key, NULL);
	EXPECT_SEEN(test, b->next, NULL);
	EXPECT_SEEN(test, b->next, many[0]);
	EXPECT_SEEN(test, b->next, b);
	EXPECT_SEEN(test, a->next, b);
	EXPECT_SEEN(test, front->words.bins_used, 0);
	EXPECT_SEEN(test, front->words.bins_used, ~0UL);
	EXPECT_SEEN(test, front->kept_room, front->kept_room + 1);
	EXPECT_SEEN(test, front->kept_max, front->kept_max + 64);
	EXPECT_SEEN(test, front->bins[0], b);
	EXPECT_SEEN(test, front->blocks, 3);
	EXPECT_SEEN(test, front->taken_bytes, 0);
	EXPECT_SEEN(test, front->slabs, 1);
}

static void heap_fast_check_sees_wrong_spares(struct ktest *test)
{
	uint32_t *next;

	for (size_t i = 0; i < 300; i++)
		ops->free(&heap, many[i]);
	KTEST_ASSERT_GE(test, front->spares, 1);
	next = (uint32_t *)heap_fast_slab(&heap, front->spare);
	EXPECT_SEEN(test, front->spares, front->spares + 1);
	EXPECT_SEEN(test, front->spares, 0);
	EXPECT_SEEN(test, front->spare, FAST_NONE);
	EXPECT_SEEN(test, front->spare, front->places);
	EXPECT_SEEN(test, front->spare, (uint32_t)tiny);
	EXPECT_SEEN(test, *next, front->spare);
	EXPECT_SEEN(test, front->moved, heap_fast_slab(&heap, front->spare));
	EXPECT_SEEN(test, front->moved_places, 1);
	EXPECT_SEEN(test, heap.map[front->spare], 0);
}

/* The map in a block of its own. */
static void heap_fast_check_sees_a_wrong_map(struct ktest *test)
{
	size_t place;

	ops->init(&heap, memory, ARENA / 2);
	many[0] = ops->alloc(&heap, 16);
	KTEST_EXPECT_EQ(test, ops->extend(&heap, ARENA / 2), 0);
	KTEST_ASSERT(test, front->moved != NULL);
	place = place_of(front->moved);
	EXPECT_SEEN(test, front->moved, front->moved + FAST_SLAB);
	EXPECT_SEEN(test, front->moved, NULL);
	EXPECT_SEEN(test, front->moved_places, 0);
	EXPECT_SEEN(test, *heap_fast_kind(&heap, place), 0);
	front->spare = (uint32_t)place;
	front->spares = 1;
	KTEST_EXPECT(test, !ops->check(&heap));
}

/* Without a map, and what the inner heap says of itself. */
static void heap_fast_check_sees_the_rest(struct ktest *test)
{
	uint64_t *const inner = heap_fast_inner(&heap);

	EXPECT_SEEN(test, *inner, ~*inner);
	ops->init(&heap, memory, 64);
	EXPECT_SEEN(test, heap.word, (uint64_t *)&heap);
	EXPECT_SEEN(test, heap.units, 1);
}

static const struct ktest_case heap_fast_check_cases[] = {
	KTEST_CASE(heap_fast_check_sees_wrong_places),
	KTEST_CASE(heap_fast_check_sees_wrong_lists),
	KTEST_CASE(heap_fast_check_sees_wrong_current_ones),
	KTEST_CASE(heap_fast_check_sees_wrong_blocks),
	KTEST_CASE(heap_fast_check_sees_wrong_spares),
	KTEST_CASE(heap_fast_check_sees_a_wrong_map),
	KTEST_CASE(heap_fast_check_sees_the_rest),
};
KTEST_SUITE_WITH(heap_fast_check, heap_fast_check_cases, .parent = "mm",
		 .setup = heap_fast_check_prepare);
