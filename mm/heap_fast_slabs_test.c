/* SPDX-License-Identifier: MIT */
/*
 * Tests of the fast heap's slabs: which one slots come from, and what becomes
 * of those that are full, have room again, or are empty.
 */
#include "heap_fast_arena.h"

/* Of a slab, on both sides where it has two. */
static size_t slots_of(size_t class)
{
	size_t count = class == 0 ? FAST_ODD_AT / FAST_UNIT : 0;

	for (uint64_t bits = heap_fast_starts[class]; bits != 0;
	     bits &= bits - 1)
		count++;
	return count;
}

/* A slab has all its slots, none overlaps, and the next slab is another one. */
static void heap_fast_slabs_have_their_slots(struct ktest *test)
{
	for (size_t class = 0; class < FAST_CLASSES; class ++) {
		const size_t slots = slots_of(class);
		const size_t size = heap_fast_bytes[class];

		ops->init(&heap, memory, ARENA);
		for (size_t i = 0; i < slots; i++) {
			many[i] = ops->alloc(&heap, size);
			memset(many[i], (int)i, size);
			KTEST_EXPECT_EQ(test, place_of(many[i]),
					place_of(many[0]));
			KTEST_EXPECT_EQ(test, ops->usable_size(&heap, many[i]),
					size);
		}
		many[slots] = ops->alloc(&heap, size);
		KTEST_EXPECT_NE(test, place_of(many[slots]), place_of(many[0]));
		for (size_t i = 0; i < slots; i++)
			KTEST_EXPECT_EQ(test, *(uint8_t *)many[i], (uint8_t)i);
		free_many(test, 0, slots + 1, 1);
	}
}

/* What is full takes part again when a slot comes back, on either side. */
static void heap_fast_slabs_open_again(struct ktest *test)
{
	static const size_t sizes[] = { 8, 16, 100 };

	for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
		size_t count, place;

		ops->init(&heap, memory, ARENA);
		count = fill(0, sizes[i]);
		place = place_of(many[0]);
		KTEST_EXPECT_NE(test,
				*heap_fast_kind(&heap, place) & FAST_KIND_FULL,
				0);
		KTEST_EXPECT_EQ(test,
				ops->free(&heap, heap_fast_slab(&heap, place) +
							 FAST_LINKS_AT +
							 (i == 0 ? 8 : 0)),
				-EINVAL);
		KTEST_EXPECT_LT(test, stats().largest_bytes, sizes[i]);
		for (size_t at = 1; at < count; at += 7) {
			KTEST_EXPECT_EQ(test, ops->free(&heap, many[at]), 0);
			KTEST_EXPECT_EQ(test, ops->free(&heap, many[at]),
					-EINVAL);
			KTEST_EXPECT_GE(test, stats().largest_bytes, 8);
		}
		KTEST_EXPECT(test, ops->check(&heap));
		for (size_t at = 1; at < count; at += 7)
			many[at] = ops->alloc(&heap, sizes[i]);
		KTEST_EXPECT_EQ(test, stats().allocations, count);
		free_many(test, 0, count, 2);
		free_many(test, 1, count, 2);
		KTEST_EXPECT_EQ(test, stats().used_bytes, 0);
	}
}

/* Most of the memory is slots, where they are of 8 bytes: more in larger
 * arenas. */
static void heap_fast_slabs_are_small(struct ktest *test)
{
	size_t count = 0;

	while (ops->alloc(&heap, 8) != NULL)
		count++;
	KTEST_EXPECT_GE(test, count * 8 * 100, ARENA * 87UL);
}

/* One that is empty stays, so that a pair costs no slab; a few more stay to be
 * used for another size. */
static void heap_fast_slabs_stay_or_go(struct ktest *test)
{
	const size_t all = stats().largest_bytes, count = 16 * slots_of(7);
	void *first = ops->alloc(&heap, 16);
	uint32_t spares;

	KTEST_EXPECT_EQ(test, ops->free(&heap, first), 0);
	KTEST_EXPECT_EQ(test, heap.favourite, place_of(first));
	KTEST_EXPECT(test, ops->alloc(&heap, 16) == first);
	KTEST_EXPECT_EQ(test, ops->free(&heap, first), 0);
	KTEST_EXPECT_EQ(test, heap.front->slabs, 1);
	/* It goes back rather than that an allocation fails. */
	first = ops->alloc(&heap, all);
	KTEST_EXPECT(test, first != NULL);
	KTEST_EXPECT_EQ(test, heap.front->slabs, 0);
	KTEST_EXPECT_EQ(test, ops->free(&heap, first), 0);
	for (size_t i = 0; i < count; i++)
		many[i] = ops->alloc(&heap, 112);
	KTEST_EXPECT_GE(test, heap.front->slabs, 16);
	free_many(test, 0, count / 2, 1);
	KTEST_EXPECT_GE(test, heap.front->spares, 2);
	KTEST_EXPECT_LE(test, heap.front->spares, FAST_SPARES);
	first = heap_fast_slab(&heap, heap.front->spare);
	KTEST_EXPECT_EQ(test, ops->free(&heap, first), -EINVAL);
	KTEST_EXPECT_EQ(test, ops->usable_size(&heap, first), 0);
	spares = heap.front->spares;
	/* Slots of another size. */
	for (size_t i = 0; i < count / 2; i++)
		many[i] = ops->alloc(&heap, 48);
	KTEST_EXPECT_LT(test, heap.front->spares, spares);
	free_many(test, 0, count, 1);
	KTEST_EXPECT_EQ(test, heap.front->spares, 0);
	KTEST_EXPECT_EQ(test, heap.front->slabs, 1);
	KTEST_EXPECT_EQ(test, stats().largest_bytes, all);
}

/* Where there is no memory for a size of its own, a larger slot will do. */
static void heap_fast_slabs_lend_larger_slots(struct ktest *test)
{
	size_t count = 0;
	void *slot;

	while (count < 60)
		many[count++] = ops->alloc(&heap, 100);
	while (FAST_INNER->alloc(heap_fast_inner(&heap), 8) != NULL)
		;
	count = fill(count, 100);
	KTEST_EXPECT_EQ(test, stats().largest_bytes, 0);
	KTEST_EXPECT_EQ(test, ops->free(&heap, many[20]), 0);
	KTEST_EXPECT_EQ(test, ops->free(&heap, many[21]), 0);
	KTEST_EXPECT_EQ(test, stats().largest_bytes, 112);
	KTEST_EXPECT(test, ops->alloc(&heap, 113) == NULL);
	slot = ops->alloc(&heap, 33);
	KTEST_EXPECT(test, slot != NULL);
	KTEST_EXPECT_EQ(test, ops->usable_size(&heap, slot), 112);
	KTEST_EXPECT(test, ops->alloc(&heap, 1) != NULL);
	KTEST_EXPECT(test, ops->alloc(&heap, 1) == NULL);
}

/* A class that is seldom asked for has no slab, once something is used. */
static void heap_fast_slabs_wait_to_be_wanted(struct ktest *test)
{
	size_t count = 0;

	KTEST_EXPECT(test, ops->alloc(&heap, ARENA / 4) != NULL);
	many[count] = ops->alloc(&heap, 100);
	KTEST_EXPECT_EQ(test, heap.front->slabs, 0);
	while (heap.front->slabs == 0 && count < 200)
		many[++count] = ops->alloc(&heap, 100);
	KTEST_EXPECT_LT(test, count, 100);
	KTEST_EXPECT_GT(test, count, 10);
	free_many(test, 0, count + 1, 1);
}

/* Where the map could not be made longer, what is behind it has no slabs. */
static void heap_fast_slabs_lie_in_the_map(struct ktest *test)
{
	const uint32_t places = heap.front->places;

	heap.front->places = 0;
	many[0] = ops->alloc(&heap, 16);
	heap.front->places = places;
	KTEST_EXPECT_EQ(test, heap.front->slabs, 0);
	KTEST_EXPECT_EQ(test, ops->usable_size(&heap, many[0]), 24);
	free_many(test, 0, 1, 1);
}

/* What failed is not tried at once again, as long as there are free slots. */
static void heap_fast_slabs_do_not_try_in_vain(struct ktest *test)
{
	const size_t count = fill(0, 16);
	const uint32_t wait = heap.front->make_wait;

	KTEST_EXPECT_GT(test, wait, 4);
	for (size_t i = 0; i < 4; i++)
		KTEST_EXPECT_EQ(test, ops->free(&heap, many[i * 100]), 0);
	for (size_t i = 0; i < 4; i++)
		many[i * 100] = ops->alloc(&heap, 16);
	KTEST_EXPECT_LT(test, heap.front->make_wait, wait);
	KTEST_EXPECT_GT(test, heap.front->make_wait, 0);
	KTEST_EXPECT_EQ(test, stats().allocations, count);
	KTEST_EXPECT(test, ops->check(&heap));
}

/* The free slots of those of 8 bytes are known on both sides. */
static void heap_fast_slabs_know_both_halves(struct ktest *test)
{
	const size_t count = fill(0, 8);

	KTEST_EXPECT_EQ(test, heap_fast_slots_largest(&heap), 0);
	for (size_t i = 0; i < count; i++) {
		KTEST_EXPECT_EQ(test, ops->free(&heap, many[i]), 0);
		KTEST_EXPECT_EQ(test, ops->usable_size(&heap, many[i]), 0);
		many[i] = ops->alloc(&heap, 8);
		KTEST_EXPECT(test, many[i] != NULL);
	}
	KTEST_EXPECT_EQ(test, stats().allocations, count);
	KTEST_EXPECT(test, ops->check(&heap));
	ops->init(&heap, memory, ARENA);
	KTEST_EXPECT_EQ(test, heap_fast_slots_largest(&heap), 0);
	for (size_t i = 0; i < slots_of(0); i++) {
		many[i] = ops->alloc(&heap, 8);
		KTEST_EXPECT_EQ(test, heap_fast_slots_largest(&heap),
				i + 1 < slots_of(0) ? 8 : 0);
	}
}

static const struct ktest_case heap_fast_slabs_cases[] = {
	KTEST_CASE(heap_fast_slabs_have_their_slots),
	KTEST_CASE(heap_fast_slabs_open_again),
	KTEST_CASE(heap_fast_slabs_are_small),
	KTEST_CASE(heap_fast_slabs_stay_or_go),
	KTEST_CASE(heap_fast_slabs_lend_larger_slots),
	KTEST_CASE(heap_fast_slabs_wait_to_be_wanted),
	KTEST_CASE(heap_fast_slabs_lie_in_the_map),
	KTEST_CASE(heap_fast_slabs_do_not_try_in_vain),
	KTEST_CASE(heap_fast_slabs_know_both_halves),
};
KTEST_SUITE_WITH(heap_fast_slabs, heap_fast_slabs_cases, .parent = "mm",
		 .setup = arena_prepare);
