/* SPDX-License-Identifier: MIT */
/*
 * Tests of the table of names: one that is written by hand, and damaged ones.
 */
#include "symbol_table.h"

#include <kernel/ktest.h>
#include <lib/string.h>

#define BASE 0xffffffff80100000ULL

enum {
	CODE_BYTES = 0x1000,
	TOKENS = 3, /* codes 0 to 2 */
	A = TOKENS,
	B,
	C,
	TABLE_MAX = 256,
	STEPS = 300,
	AT_PAIR = 16,  /* the first token */
	AT_FIRST = 25, /* the first function */
};

static uint8_t bytes[TABLE_MAX];
static struct symbol_table table;

static void put(uint8_t byte)
{
	bytes[table.size_bytes++] = byte;
}

/* A function that is so many steps of 16 bytes behind the one before. */
static void put_name(uint8_t steps, uint8_t kept, const uint8_t *codes,
		     uint8_t count)
{
	put((uint8_t)(steps * 2));
	put((uint8_t)(kept << 4 | least(count, 15)));
	if (count >= 15)
		put(count - 15);
	for (uint8_t i = 0; i < count; i++)
		put(codes[i]);
	bytes[12]++;
}

/* "ab" at 0, "abc" at 0x20, "cc" at 0x30 and 16 times "ab", 20 times "abab" and
 * 'c', none of which is the name before's, at 0x131. */
static void table_prepare(struct ktest *test)
{
	static const uint8_t head[] = { 0x00, 0x00, 0x10, 0x80, 0xff, 0xff,
					0xff, 0xff, 0x00, 0x10, 0x00, 0x00,
					0x00, 0x00, TOKENS, 3,
					/* ab, abab, cc */
					A, B, 0, 0, C, C, 'a', 'b', 'c' };
	static const uint8_t more[] = { 1, 1, 1, 1, 1, 1, 1, 1, 1,
					1, 1, 1, 1, 1, 1, 1, C };

	(void)test;
	memcpy(bytes, head, sizeof(head));
	table = (struct symbol_table){ bytes, sizeof(head) };
	put_name(0, 0, (const uint8_t[]){ 0 }, 1);
	put_name(2, 2, (const uint8_t[]){ C }, 1);
	put_name(1, 0, (const uint8_t[]){ 2 }, 1);
	/* 0x101 bytes are no steps: 0x203, of which the last 7 bits are 4. */
	put(0x83);
	put_name(2, 0, more, sizeof(more));
}

static const char *name_at(uint64_t offset, uint64_t *start)
{
	static struct symbol symbol;

	if (!symbol_table_find(&table, BASE + offset, &symbol))
		return NULL;
	*start = symbol.start - BASE;
	return symbol.name;
}

static void symbol_table_finds(struct ktest *test)
{
	static const struct {
		uint64_t offset, start;
		const char *name;
	} cases[] = {
		{ 0, 0, "ab" },        { 0x1f, 0, "ab" },
		{ 0x20, 0x20, "abc" }, { 0x2f, 0x20, "abc" },
		{ 0x30, 0x30, "cc" },  { 0x130, 0x30, "cc" },
	};
	uint64_t start = 0;

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		KTEST_EXPECT_STREQ(test, name_at(cases[i].offset, &start),
				   cases[i].name);
		KTEST_EXPECT_EQ(test, start, cases[i].start);
	}
}

/* Names are cut where the room ends. */
static void symbol_table_cuts_names(struct ktest *test)
{
	uint64_t start = 0;
	const char *name = name_at(0xfff, &start);

	KTEST_ASSERT(test, name != NULL);
	KTEST_EXPECT_EQ(test, start, 0x131);
	KTEST_EXPECT_EQ(test, strlen(name), SYMBOL_NAME_BYTES - 1);
	KTEST_EXPECT_EQ(test, memcmp(name, "ababababab", 10), 0);
}

static void symbol_table_knows_its_bounds(struct ktest *test)
{
	uint64_t start = 0;

	KTEST_EXPECT(test, name_at((uint64_t)-1, &start) == NULL);
	KTEST_EXPECT(test, name_at(CODE_BYTES, &start) == NULL);
	/* The first function may begin behind the base. */
	bytes[AT_FIRST] = 2;
	KTEST_EXPECT(test, name_at(15, &start) == NULL);
	KTEST_EXPECT_STREQ(test, name_at(16, &start), "ab");
}

static void symbol_table_goes_through_all(struct ktest *test)
{
	static const char *const names[] = { "ab", "abc", "cc" };
	struct symbol_cursor cursor;

	symbol_cursor_begin(&cursor, &table);
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		KTEST_ASSERT(test, symbol_cursor_next(&cursor));
		KTEST_EXPECT_STREQ(test, cursor.symbol.name, names[i]);
	}
	KTEST_EXPECT(test, symbol_cursor_next(&cursor));
	KTEST_EXPECT_EQ(test, cursor.symbol.start, BASE + 0x131);
	KTEST_EXPECT(test, !symbol_cursor_next(&cursor));
}

/* Cut at each byte, the table has fewer names, and never a wrong one. */
static void symbol_table_may_be_cut(struct ktest *test)
{
	const size_t whole = table.size_bytes;
	struct symbol symbol;

	for (size_t size = 0; size < whole; size++) {
		table.size_bytes = size;
		if (symbol_table_find(&table, BASE + 0x25, &symbol))
			KTEST_EXPECT_EQ(test, memcmp(symbol.name, "ab", 2), 0);
		if (size < AT_FIRST)
			KTEST_EXPECT(test,
				     !symbol_table_find(&table, BASE, &symbol));
	}
}

/* Tokens that are made of themselves end nowhere. */
static void symbol_table_survives_loops(struct ktest *test)
{
	uint64_t start = 0;

	for (uint8_t first = 0; first < 2; first++) {
		bytes[AT_PAIR] = first == 0 ? 0 : A;
		bytes[AT_PAIR + 1] = 0;
		KTEST_EXPECT(test, name_at(0, &start) != NULL);
		KTEST_EXPECT(test, name_at(0x25, &start) != NULL);
	}
}

static void symbol_table_survives_anything(struct ktest *test)
{
	const size_t whole = table.size_bytes;
	struct symbol symbol;

	for (unsigned int step = 0; step < STEPS; step++) {
		struct symbol_cursor cursor;
		const uint32_t random = ktest_random(test);

		bytes[8 + random % (whole - 8)] = (uint8_t)(random >> 16);
		table.size_bytes = whole - (random >> 24) % 4;
		(void)symbol_table_find(&table, BASE + (random >> 8) % 0x2000,
					&symbol);
		symbol_cursor_begin(&cursor, &table);
		while (symbol_cursor_next(&cursor))
			KTEST_EXPECT_LT(test, strlen(cursor.symbol.name),
					SYMBOL_NAME_BYTES);
	}
}

static const struct ktest_case symbol_table_cases[] = {
	KTEST_CASE(symbol_table_finds),
	KTEST_CASE(symbol_table_cuts_names),
	KTEST_CASE(symbol_table_knows_its_bounds),
	KTEST_CASE(symbol_table_goes_through_all),
	KTEST_CASE(symbol_table_may_be_cut),
	KTEST_CASE(symbol_table_survives_loops),
	KTEST_CASE(symbol_table_survives_anything),
};

KTEST_SUITE_WITH(symbol_table, symbol_table_cases, .setup = table_prepare);
