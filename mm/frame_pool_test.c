/* SPDX-License-Identifier: MIT */
/*
 * Tests of the pool of frames, against an array of bools.
 */
#include "frame_pool.h"

#include <kernel/ktest.h>
#include <lib/string.h>

enum {
	FRAMES = 1000, /* no power of two: most orders have half a block */
	WORDS_MAX = 64,
	STEPS = 3000,
};

static struct frame_pool pool;
static uint64_t words[WORDS_MAX];
static bool model[FRAMES];

static void begin(struct ktest *test, size_t frames)
{
	KTEST_ASSERT_LE(test, frame_pool_words(frames), WORDS_MAX);
	memset(words, 0xa5, sizeof(words));
	memset(model, 0, sizeof(model));
	frame_pool_init(&pool, frames, words);
	KTEST_EXPECT_EQ(test, pool.order[0].free, 0);
}

static void put(size_t first, size_t count)
{
	frame_pool_put(&pool, first, count);
	memset(&model[first], 1, count);
}

/* Is a block of the model free as a whole? */
static bool model_is_free(size_t first, size_t size)
{
	for (size_t i = first; i < first + size; i++) {
		if (i >= FRAMES || !model[i])
			return false;
	}
	return true;
}

/* What frame_pool_take() is to find, FRAMES for none. */
static size_t model_find(size_t count, size_t align, size_t from, size_t limit)
{
	size_t size = 1;

	while (size < count || size < align)
		size *= 2;
	for (size_t at = 0; at + count <= limit && at < FRAMES; at += size) {
		if (at >= from && model_is_free(at, size))
			return at;
	}
	return FRAMES;
}

static void expect_take_one(struct ktest *test, size_t from, size_t limit)
{
	const size_t wanted = model_find(1, 1, from, limit);
	size_t frame = FRAMES;

	KTEST_ASSERT_EQ(test, frame_pool_take_one(&pool, from, limit, &frame),
			wanted == FRAMES ? -ENOMEM : 0);
	KTEST_ASSERT_EQ(test, frame, wanted);
	if (wanted != FRAMES)
		model[frame] = false;
}

static void put_one(size_t frame)
{
	frame_pool_put_one(&pool, frame);
	model[frame] = true;
}

static void expect_take(struct ktest *test, size_t count, size_t align,
			size_t from, size_t limit)
{
	const size_t wanted = model_find(count, align, from, limit);
	size_t first = FRAMES;
	const int status =
		frame_pool_take(&pool, count, align, from, limit, &first);

	KTEST_ASSERT_EQ(test, first, wanted);
	KTEST_ASSERT_EQ(test, status, wanted == FRAMES ? -ENOMEM : 0);
	if (status == 0)
		memset(&model[first], 0, count);
}

static size_t model_free_one(size_t first, size_t end)
{
	while (first < end && !model[first])
		first++;
	return first < end ? first : BIT_TREE_NONE;
}

/* Any calls; what is given back is any range of taken frames. */
static void frame_pool_is_like_an_array(struct ktest *test)
{
	begin(test, FRAMES);
	put(3, 990);
	for (int i = 0; i < STEPS; i++) {
		const uint32_t random = ktest_random(test);
		const size_t at = random % FRAMES;
		size_t end = at;

		expect_take(test, 1 + (random >> 10) % 20,
			    1U << (random >> 16) % 6,
			    (random >> 20) % 3 != 0 ? 0 : at,
			    (random >> 22) % 3 != 0 ? FRAMES : at);
		expect_take_one(test, i % 5 != 0 ? 0 : at,
				i % 7 != 0 ? FRAMES : at);
		while (end < FRAMES && !model[end] && end < at + random % 50)
			end++;
		if (end == at + 1)
			put_one(at);
		else if (end > at && i % 2 == 0)
			put(at, end - at);
		KTEST_ASSERT_EQ(test, frame_pool_is_free(&pool, at), model[at]);
		end = at + 7 < FRAMES ? at + 7 : FRAMES;
		KTEST_ASSERT_EQ(test, frame_pool_free_one(&pool, at, end - at),
				model_free_one(at, end));
		if (i % 16 == 0)
			KTEST_ASSERT(test, frame_pool_check(&pool));
	}
	KTEST_EXPECT(test, frame_pool_check(&pool));
}

/* The largest run is to be had, and nothing larger. */
static void expect_largest(struct ktest *test)
{
	const size_t largest = frame_pool_largest(&pool),
		     all = pool.order[0].free;
	size_t first;

	KTEST_ASSERT_EQ(
		test,
		frame_pool_take(&pool, largest + 1, 1, 0, pool.frames, &first),
		-ENOMEM);
	KTEST_ASSERT_EQ(
		test,
		frame_pool_take(&pool, largest, 1, 0, pool.frames, &first), 0);
	KTEST_ASSERT_EQ(test, pool.order[0].free, all - largest);
	frame_pool_put(&pool, first, largest);
	KTEST_ASSERT(test, frame_pool_check(&pool));
}

/* Sizes around those where orders and words begin; all frames, one by one. */
static void frame_pool_of_any_size(struct ktest *test)
{
	for (size_t frames = 1; frames < 200; frames++) {
		size_t first = 0;

		begin(test, frames);
		put(0, frames);
		KTEST_ASSERT(test, frame_pool_check(&pool));
		KTEST_ASSERT_LE(test, frame_pool_largest(&pool), frames);
		KTEST_ASSERT_GT(test, 2 * frame_pool_largest(&pool), frames);
		expect_largest(test);
		for (size_t i = 0; i < frames; i++) {
			KTEST_ASSERT_EQ(
				test,
				frame_pool_take(&pool, 1, 1, 0, frames, &first),
				0);
			KTEST_ASSERT_EQ(test, first, i);
		}
		KTEST_ASSERT_EQ(test, pool.order[0].free, 0);
		KTEST_ASSERT_EQ(test, frame_pool_largest(&pool), 0);
		for (size_t i = frames; i-- > 0;)
			frame_pool_put(&pool, i, 1);
		KTEST_ASSERT(test, frame_pool_check(&pool));
		for (size_t i = 0; i < frames; i++) {
			KTEST_ASSERT_EQ(test,
					frame_pool_take_one(&pool, i / 2,
							    frames, &first),
					0);
			KTEST_ASSERT_EQ(test, first, i);
		}
		KTEST_ASSERT(test, frame_pool_check(&pool));
		for (size_t i = frames; i-- > 0;)
			frame_pool_put_one(&pool, i);
		KTEST_ASSERT(test, frame_pool_check(&pool));
		KTEST_ASSERT_GT(test, 2 * frame_pool_largest(&pool), frames);
	}
}

static void frame_pool_runs_are_aligned(struct ktest *test)
{
	begin(test, FRAMES);
	put(1, 998);
	for (size_t align = 1; align <= 256; align *= 2)
		expect_take(test, 1, align, 0, FRAMES);
	for (size_t count = 1; count <= 100; count++)
		expect_take(test, count, 4, 0, FRAMES);
	KTEST_EXPECT(test, frame_pool_check(&pool));
}

/* From a place on, and to a place: the last frame, too. */
static void frame_pool_keeps_bounds(struct ktest *test)
{
	begin(test, FRAMES);
	put(0, FRAMES);
	expect_take(test, 16, 1, 500, FRAMES);
	expect_take(test, 16, 16, 512, 544);
	expect_take(test, 16, 1, 17, 48);
	expect_take(test, 16, 1, 17, 48);
	expect_take(test, 15, 1, 17, 63);
	expect_take(test, 1, 1, 999, FRAMES);
	expect_take(test, 1, 1, 999, FRAMES);
	expect_take(test, 1, 1, FRAMES, SIZE_MAX);
	expect_take_one(test, FRAMES, SIZE_MAX);
	expect_take_one(test, 998, 998);
	expect_take_one(test, 998, 999);
	expect_take_one(test, 998, SIZE_MAX);
	expect_take(test, 1, 1, SIZE_MAX, SIZE_MAX);
	expect_take(test, 1, 1, 0, 0);
	expect_take(test, 64, 1, 937, FRAMES);
	KTEST_EXPECT(test, frame_pool_check(&pool));
	/* Two frames of a block of 4 that has but 3 of them in the pool. */
	begin(test, 7);
	put(0, 7);
	expect_take(test, 3, 1, 1, 7);
	expect_take(test, 2, 2, 5, 7);
	expect_take(test, 2, 2, 4, 7);
	KTEST_EXPECT(test, frame_pool_check(&pool));
}

static void frame_pool_refuses(struct ktest *test)
{
	size_t first = 5;

	begin(test, FRAMES);
	put(0, FRAMES);
	KTEST_EXPECT_EQ(test, frame_pool_take(&pool, 0, 1, 0, 9, &first),
			-EINVAL);
	KTEST_EXPECT_EQ(test, frame_pool_take(&pool, 1, 0, 0, 9, &first),
			-EINVAL);
	KTEST_EXPECT_EQ(test, frame_pool_take(&pool, 1, 3, 0, 9, &first),
			-EINVAL);
	KTEST_EXPECT_EQ(test, frame_pool_take(&pool, 513, 1, 0, 1000, &first),
			-ENOMEM);
	KTEST_EXPECT_EQ(test,
			frame_pool_take(&pool, SIZE_MAX, 1, 0, 1000, &first),
			-ENOMEM);
	KTEST_EXPECT_EQ(
		test,
		frame_pool_take(&pool, 1, (size_t)1 << 63, 0, 1000, &first),
		-ENOMEM);
	KTEST_EXPECT_EQ(test, first, 5);
	KTEST_EXPECT_EQ(test, pool.order[0].free, FRAMES);
	KTEST_EXPECT_EQ(test, frame_pool_words(0), 0);
	frame_pool_init(&pool, 0, words);
	KTEST_EXPECT_EQ(test, frame_pool_take(&pool, 1, 1, 0, 1, &first),
			-ENOMEM);
	KTEST_EXPECT_EQ(test, frame_pool_largest(&pool), 0);
}

static void frame_pool_of_a_terabyte(struct ktest *test)
{
	/* Twice a bit a frame, and what lies above: 2.04 bits. */
	KTEST_EXPECT_EQ(test, frame_pool_words(FRAME_POOL_MAX) >> 20, 8);
	KTEST_EXPECT_LT(test, frame_pool_words(FRAME_POOL_MAX),
			FRAME_POOL_MAX * 204 / 6400);
	/* A GiB: 65 KiB. */
	KTEST_EXPECT_EQ(test, frame_pool_words(1 << 18) * 8 / 1024, 65);
}

static const struct ktest_case frame_pool_cases[] = {
	KTEST_CASE(frame_pool_is_like_an_array),
	KTEST_CASE(frame_pool_of_any_size),
	KTEST_CASE(frame_pool_runs_are_aligned),
	KTEST_CASE(frame_pool_keeps_bounds),
	KTEST_CASE(frame_pool_refuses),
	KTEST_CASE(frame_pool_of_a_terabyte),
};
KTEST_SUITE_WITH(frame_pool, frame_pool_cases, .parent = "mm");
