/* SPDX-License-Identifier: MIT */
/*
 * Tests of heaps behind a handle: what each call makes of an allocator's
 * answers, by one whose answers are written here, and real ones, two at once.
 */
#include <kernel/ktest.h>
#include <lib/string.h>
#include <mm/heap.h>

enum {
	ARENA_BYTES = 16384,
	BLOCKS = 24,
	STEPS = 2000,
	SCRIPTED_BYTES = 64, /* of its one block */
};

/* ---- An allocator that answers as it is told ----------------------------- */

static struct {
	uint8_t memory[2][SCRIPTED_BYTES];
	bool has_room;
	int resizes;  /* the answer of resize() */
	size_t freed; /* calls of free() */
} scripted;

static void *scripted_alloc(void *handle, size_t size_bytes)
{
	(void)handle;
	return scripted.has_room && size_bytes <= SCRIPTED_BYTES
		       ? scripted.memory[1]
		       : NULL;
}

static void *scripted_alloc_aligned(void *handle, size_t size_bytes,
				    size_t align)
{
	return align == 32 ? scripted_alloc(handle, size_bytes) : NULL;
}

static int scripted_free(void *handle, void *pointer)
{
	(void)handle;
	scripted.freed++;
	return pointer == scripted.memory[0] ? 0 : -EINVAL;
}

static int scripted_resize(void *handle, void *pointer, size_t size_bytes)
{
	(void)handle;
	(void)pointer;
	(void)size_bytes;
	return scripted.resizes;
}

static size_t scripted_usable_size(const void *handle, const void *pointer)
{
	(void)handle;
	return pointer == scripted.memory[0] ? SCRIPTED_BYTES / 2 : 0;
}

static const struct heap_ops scripted_ops = {
	.name = "scripted",
	.alloc = scripted_alloc,
	.alloc_aligned = scripted_alloc_aligned,
	.free = scripted_free,
	.resize = scripted_resize,
	.usable_size = scripted_usable_size,
};

static struct heap by_script;

static void heap_handle_prepare(struct ktest *test)
{
	(void)test;
	memset(&scripted, 0, sizeof(scripted));
	scripted.has_room = true;
	by_script = (struct heap){ .ops = &scripted_ops };
	for (uint8_t i = 0; i < SCRIPTED_BYTES; i++) {
		scripted.memory[0][i] = i;
		scripted.memory[1][i] = 0xee;
	}
}

static void heap_handle_calloc_is_zeroed(struct ktest *test)
{
	uint8_t *memory = heap_calloc(&by_script, 3, 5);

	KTEST_ASSERT(test, memory == scripted.memory[1]);
	for (size_t i = 0; i < 15; i++)
		KTEST_EXPECT_EQ(test, memory[i], 0);
	KTEST_EXPECT_EQ(test, memory[15], 0xee);
	scripted.has_room = false;
	KTEST_EXPECT(test, heap_calloc(&by_script, 1, 1) == NULL);
}

/* No product wraps to a size that is to be had. */
static void heap_handle_calloc_overflow(struct ktest *test)
{
	static const size_t counts[][2] = {
		{ SIZE_MAX, 2 },
		{ 2, SIZE_MAX },
		{ SIZE_MAX, SIZE_MAX },
		{ (size_t)1 << 32, (size_t)1 << 32 },
		{ ((size_t)1 << 60) + 1, 16 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(counts); i++)
		KTEST_EXPECT(test, heap_calloc(&by_script, counts[i][0],
					       counts[i][1]) == NULL);
	KTEST_EXPECT(test, heap_calloc(&by_script, 0, SIZE_MAX) != NULL);
	KTEST_EXPECT(test, heap_calloc(&by_script, SIZE_MAX, 0) != NULL);
}

static void heap_handle_realloc_in_place(struct ktest *test)
{
	uint8_t *const at = scripted.memory[0];

	KTEST_EXPECT(test, heap_realloc(&by_script, at, 60) == at);
	KTEST_EXPECT_EQ(test, scripted.freed, 0);
	KTEST_EXPECT(test,
		     heap_realloc(&by_script, NULL, 60) == scripted.memory[1]);
}

static void heap_handle_realloc_moves(struct ktest *test)
{
	uint8_t *const at = scripted.memory[0], *const to = scripted.memory[1];

	scripted.resizes = -ENOMEM;
	KTEST_EXPECT(test, heap_realloc(&by_script, at, 60) == to);
	KTEST_EXPECT_MEMEQ(test, to, at, SCRIPTED_BYTES / 2);
	KTEST_EXPECT_EQ(test, to[SCRIPTED_BYTES / 2], 0xee);
	KTEST_EXPECT_EQ(test, scripted.freed, 1);
	/* No room: nothing is given back. */
	KTEST_EXPECT(test, heap_realloc(&by_script, at, 65) == NULL);
	KTEST_EXPECT_EQ(test, scripted.freed, 1);
	/* Not alive: nothing is taken. */
	scripted.resizes = -EINVAL;
	KTEST_EXPECT(test, heap_realloc(&by_script, at + 1, 8) == NULL);
	KTEST_EXPECT_EQ(test, scripted.freed, 1);
}

static void heap_handle_free_sized(struct ktest *test)
{
	uint8_t *const at = scripted.memory[0];

	KTEST_EXPECT_EQ(test,
			heap_free_sized(&by_script, at, SCRIPTED_BYTES / 2 + 1),
			-ERANGE);
	KTEST_EXPECT_EQ(test, scripted.freed, 0);
	KTEST_EXPECT_EQ(test,
			heap_free_sized(&by_script, at, SCRIPTED_BYTES / 2), 0);
	KTEST_EXPECT_EQ(test, heap_free_sized(&by_script, at, 0), 0);
	KTEST_EXPECT_EQ(test, heap_free_sized(&by_script, at + 1, 1), -EINVAL);
}

static void heap_handle_aligned_and_free(struct ktest *test)
{
	KTEST_EXPECT(test, heap_alloc_aligned(&by_script, 8, 32) ==
				   scripted.memory[1]);
	KTEST_EXPECT(test, heap_alloc_aligned(&by_script, 8, 33) == NULL);
	KTEST_EXPECT_EQ(test, heap_free(&by_script, scripted.memory[0]), 0);
	KTEST_EXPECT_EQ(test, heap_free(&by_script, NULL), -EINVAL);
}

/* ---- Real ones ----------------------------------------------------------- */

static uint8_t arenas[2][ARENA_BYTES] __aligned(16);
static struct heap pair[2];

struct piece {
	uint8_t *at;
	size_t size;
	size_t owner;
};

static void heap_handle_creates_by_name(struct ktest *test)
{
	struct heap heap = { .ops = NULL };

	KTEST_EXPECT_EQ(test,
			heap_create(&heap, "nothing", arenas[0], ARENA_BYTES),
			-ENOENT);
	KTEST_EXPECT(test, heap.ops == NULL);
	SET_FOREACH(ops, heap_allocators) {
		const char *name = (*ops)->name;

		KTEST_EXPECT_EQ(test,
				heap_create(&heap, name, arenas[0] + 8,
					    ARENA_BYTES - 8),
				-EINVAL);
		KTEST_EXPECT_EQ(
			test, heap_create(&heap, name, arenas[0], ARENA_BYTES),
			0);
		KTEST_EXPECT_STREQ(test, heap.ops->name, name);
		KTEST_EXPECT(test, heap.ops->check(heap.handle));
		heap.ops = NULL;
	}
}

static bool is_whole(const struct piece *piece)
{
	for (size_t i = 0; i < piece->size; i++) {
		if (piece->at[i] != (uint8_t)(uintptr_t)piece + piece->owner)
			return false;
	}
	return true;
}

/* Allocate, or make it another size: what was there stays. */
static void piece_resize(struct ktest *test, struct piece *piece, size_t size)
{
	const size_t kept = size < piece->size ? size : piece->size;
	uint8_t *at = heap_realloc(&pair[piece->owner], piece->at, size);

	if (at == NULL)
		return;
	KTEST_EXPECT(test, at >= arenas[piece->owner] &&
				   at + size <= arenas[piece->owner + 1]);
	piece->at = at;
	piece->size = kept;
	KTEST_EXPECT(test, is_whole(piece));
	piece->size = size;
	memset(at, (uint8_t)(uintptr_t)piece + (int)piece->owner, size);
}

static void piece_free(struct ktest *test, struct piece *piece)
{
	if (piece->at == NULL)
		return;
	KTEST_EXPECT(test, is_whole(piece));
	/* The other heap does not know it. */
	KTEST_EXPECT_EQ(test, heap_free(&pair[!piece->owner], piece->at),
			-EINVAL);
	KTEST_EXPECT_EQ(
		test,
		heap_free_sized(&pair[piece->owner], piece->at, piece->size),
		0);
	piece->at = NULL;
	piece->size = 0;
}

static void pair_run(struct ktest *test)
{
	static struct piece pieces[BLOCKS];
	struct heap_stats stats;

	memset(pieces, 0, sizeof(pieces));
	for (size_t step = 0; step < STEPS && test->failures == 0; step++) {
		struct piece *piece = &pieces[ktest_random(test) % BLOCKS];

		if (piece->at == NULL)
			piece->owner = ktest_random(test) % 2;
		if (ktest_random(test) % 3 == 0)
			piece_free(test, piece);
		else
			piece_resize(test, piece, ktest_random(test) % 600);
		for (size_t i = 0; i < 2; i++)
			KTEST_EXPECT(test, pair[i].ops->check(pair[i].handle));
	}
	for (size_t i = 0; i < BLOCKS; i++)
		piece_free(test, &pieces[i]);
	for (size_t i = 0; i < 2; i++) {
		pair[i].ops->stats(pair[i].handle, &stats);
		KTEST_EXPECT_EQ(test, stats.allocations, 0);
	}
}

/* Each allocator beside each, itself included. */
static void heap_handle_two_at_once(struct ktest *test)
{
	SET_FOREACH(first, heap_allocators) {
		SET_FOREACH(second, heap_allocators) {
			KTEST_ASSERT_EQ(test,
					heap_create(&pair[0], (*first)->name,
						    arenas[0], ARENA_BYTES),
					0);
			KTEST_ASSERT_EQ(test,
					heap_create(&pair[1], (*second)->name,
						    arenas[1], ARENA_BYTES),
					0);
			pair_run(test);
		}
	}
}

static const struct ktest_case heap_handle_cases[] = {
	KTEST_CASE(heap_handle_calloc_is_zeroed),
	KTEST_CASE(heap_handle_calloc_overflow),
	KTEST_CASE(heap_handle_realloc_in_place),
	KTEST_CASE(heap_handle_realloc_moves),
	KTEST_CASE(heap_handle_free_sized),
	KTEST_CASE(heap_handle_aligned_and_free),
	KTEST_CASE(heap_handle_creates_by_name),
	KTEST_CASE(heap_handle_two_at_once),
};
KTEST_SUITE_WITH(heap_handle, heap_handle_cases, .parent = "mm",
		 .setup = heap_handle_prepare);
