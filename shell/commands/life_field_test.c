/* SPDX-License-Identifier: MIT */
/*
 * Tests of the Game of Life: figures that are known by name, and every field
 * of random cells against the rule as it is told.
 */
#include "life_field.h"

#include <kernel/ktest.h>
#include <lib/string.h>
#include <stdbool.h>

enum {
	SIDE = 8,
	CELLS_MAX = 31 * 17,
};

static uint8_t memory[2 * CELLS_MAX];
static struct life_field field;

/* A field with these rows, '#' for what lives. */
static void place(uint32_t width, uint32_t height, const char *figure)
{
	life_field_init(&field, memory, width, height);
	for (size_t i = 0; i < (size_t)width * height; i++)
		field.cells[i] = figure[i] == '#';
}

static void expect_field(struct ktest *test, const char *figure)
{
	char seen[SIDE * SIDE + 1];
	const size_t cells = (size_t)field.width * field.height;

	for (size_t i = 0; i < cells; i++)
		seen[i] = field.cells[i] != 0 ? '#' : '.';
	seen[cells] = '\0';
	KTEST_EXPECT_STREQ(test, seen, figure);
}

static void blinker_blinks(struct ktest *test)
{
	static const char upright[] = "....."
				      "..#.."
				      "..#.."
				      "..#.."
				      ".....";
	static const char flat[] = "....."
				   "....."
				   ".###."
				   "....."
				   ".....";

	place(5, 5, upright);
	KTEST_EXPECT_EQ(test, life_field_step(&field), (size_t)3);
	expect_field(test, flat);
	KTEST_EXPECT_EQ(test, life_field_step(&field), (size_t)3);
	expect_field(test, upright);
}

static void field_takes_its_memory(struct ktest *test)
{
	KTEST_EXPECT_EQ(test, life_field_bytes(7, 3), 42);
	KTEST_EXPECT_LE(test, UINT32_MAX, life_field_bytes(UINT32_MAX, 2));
}

static void block_stays_and_ages(struct ktest *test)
{
	static const char block[] = "...."
				    ".##."
				    ".##."
				    "....";

	place(4, 4, block);
	for (int i = 0; i < 300; i++)
		life_field_step(&field);
	expect_field(test, block);
	KTEST_EXPECT_EQ(test, field.cells[5], (uint8_t)LIFE_AGE_MAX);
	place(4, 4, block);
	life_field_step(&field);
	KTEST_EXPECT_EQ(test, field.cells[5], (uint8_t)2);
}

/* By a cell to the right and one down in four generations, over the edges, so
 * that in 8 * 4 of them it is where it was. */
static void glider_comes_round(struct ktest *test)
{
	static const char begin[] = ".#......"
				    "..#....."
				    "###....."
				    "........"
				    "........"
				    "........"
				    "........"
				    "........";
	static const char after_4[] = "........"
				      "..#....."
				      "...#...."
				      ".###...."
				      "........"
				      "........"
				      "........"
				      "........";

	place(SIDE, SIDE, begin);
	for (int i = 0; i < 4; i++)
		KTEST_EXPECT_EQ(test, life_field_step(&field), (size_t)5);
	expect_field(test, after_4);
	for (int i = 4; i < 32; i++)
		life_field_step(&field);
	expect_field(test, begin);
}

/* Three in a row across an edge: they are neighbours there. */
static void edges_are_joined(struct ktest *test)
{
	place(5, 5,
	      "....."
	      "....."
	      "##..#"
	      "....."
	      ".....");
	life_field_step(&field);
	expect_field(test, "....."
			   "#...."
			   "#...."
			   "#...."
			   ".....");
	place(5, 5,
	      "..#.."
	      "..#.."
	      "....."
	      "....."
	      "..#..");
	life_field_step(&field);
	expect_field(test, ".###."
			   "....."
			   "....."
			   "....."
			   ".....");
}

/* The rule, cell by cell. */
static bool lives_next(const uint8_t *cells, uint32_t x, uint32_t y)
{
	const uint32_t width = field.width, height = field.height;
	unsigned int neighbours = 0;

	for (uint32_t i = 0; i < 9; i++) {
		const uint32_t column = (x + width + i % 3 - 1) % width;
		const uint32_t row = (y + height + i / 3 - 1) % height;

		if (i != 4)
			neighbours += cells[row * width + column] != 0;
	}
	return neighbours == 3 || (neighbours == 2 && cells[y * width + x]);
}

static void expect_rule(struct ktest *test)
{
	static uint8_t before[CELLS_MAX];
	const uint32_t width = field.width, height = field.height;
	size_t alive = 0, wrong = 0;

	memcpy(before, field.cells, (size_t)width * height);
	for (size_t i = 0; i < (size_t)width * height; i++)
		alive += lives_next(before, i % width, i / width);
	KTEST_EXPECT_EQ(test, life_field_step(&field), alive);
	for (size_t i = 0; i < (size_t)width * height; i++)
		wrong += lives_next(before, i % width, i / width) !=
			 (field.cells[i] != 0);
	KTEST_EXPECT_EQ(test, wrong, (size_t)0);
}

/* Any field, also those that are their own neighbours. */
static void random_fields_obey(struct ktest *test)
{
	for (uint32_t i = 0; i < 60; i++) {
		const uint32_t width = 1 + ktest_random(test) % 31;
		const uint32_t height = 1 + ktest_random(test) % 17;

		life_field_init(&field, memory, width, height);
		life_field_sow(&field, ktest_random(test));
		for (int step = 0; step < 4; step++)
			expect_rule(test);
	}
}

static void sown_by_the_seed(struct ktest *test)
{
	static uint8_t first[CELLS_MAX];
	size_t alive = 0;

	life_field_init(&field, memory, 31, 17);
	life_field_sow(&field, 5);
	memcpy(first, field.cells, CELLS_MAX);
	for (size_t i = 0; i < CELLS_MAX; i++)
		alive += first[i];
	KTEST_EXPECT(test, alive > CELLS_MAX / 6 && alive < CELLS_MAX / 3);
	life_field_sow(&field, 5);
	KTEST_EXPECT_MEMEQ(test, first, field.cells, CELLS_MAX);
	life_field_sow(&field, 7);
	KTEST_EXPECT(test, memcmp(first, field.cells, CELLS_MAX) != 0);
}

static const struct ktest_case life_field_cases[] = {
	KTEST_CASE(blinker_blinks),       KTEST_CASE(field_takes_its_memory),
	KTEST_CASE(block_stays_and_ages), KTEST_CASE(glider_comes_round),
	KTEST_CASE(edges_are_joined),     KTEST_CASE(random_fields_obey),
	KTEST_CASE(sown_by_the_seed),
};

KTEST_SUITE(life_field, life_field_cases);
