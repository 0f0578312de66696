/* SPDX-License-Identifier: MIT */
/*
 * Tests of what is undefined: each kind is found, once, and what is defined is
 * let through. Numbers come through volatile objects, or the compiler would
 * find out by itself.
 */
#include <kernel/ktest.h>

#include "ubsan_report.h"

static volatile int number;
static volatile unsigned int amount;
static volatile size_t place;
static volatile int sink;

static __noinline void add(void)
{
	sink = number + 1;
}

static __noinline void negate(void)
{
	sink = -number;
}

static __noinline void divide(void)
{
	sink = 1000 / number;
}

static __noinline void shift(void)
{
	sink = 1 << amount;
}

static __noinline void load_element(void)
{
	static const int table[] = { 3, 1, 4 };

	sink = table[place];
}

static __noinline void load_misaligned(void)
{
	static const uint64_t words[2] = { 0 };
	const uint8_t *const bytes = (const uint8_t *)words;

	sink = *(const int *)(const void *)(bytes + place);
}

static __noinline void load_flag(void)
{
	static uint8_t byte;

	byte = (uint8_t)number;
	sink = *(volatile bool *)&byte;
}

static void ubsan_lets_through(struct ktest *test)
{
	number = INT32_MAX - 1;
	add();
	KTEST_EXPECT_EQ(test, sink, INT32_MAX);
	number = 8;
	divide();
	KTEST_EXPECT_EQ(test, sink, 125);
	amount = 30;
	shift();
	place = 2;
	load_element();
	KTEST_EXPECT_EQ(test, sink, 4);
	place = 4;
	load_misaligned();
	number = 1;
	load_flag();
	KTEST_EXPECT_EQ(test, sink, 1);
}

/* A place tells once; a kernel that goes on shows the tests all the same that
 * it went on. */
#define EXPECT_FOUND(test, statement)                        \
	do {                                                 \
		if (IS_ENABLED(CONFIG_UBSAN_PANIC))          \
			KTEST_EXPECT_PANIC(test, statement); \
		else                                         \
			statement;                           \
	} while (0)

static void ubsan_finds_arithmetic(struct ktest *test)
{
	number = INT32_MAX;
	EXPECT_FOUND(test, add());
	number = INT32_MIN;
	EXPECT_FOUND(test, negate());
	amount = 32;
	EXPECT_FOUND(test, shift());
}

static void ubsan_finds_division_by_zero(struct ktest *test)
{
	number = 0;
	if (IS_ENABLED(CONFIG_UBSAN_PANIC))
		KTEST_EXPECT_PANIC(test, divide());
	else
		KTEST_EXPECT_FAULT(test, 0, divide());
}

static void ubsan_finds_pointers(struct ktest *test)
{
	place = 3;
	EXPECT_FOUND(test, load_element());
	place = 5;
	EXPECT_FOUND(test, load_misaligned());
	number = 2;
	EXPECT_FOUND(test, load_flag());
}

static const struct ktest_case ubsan_cases[] = {
	KTEST_CASE(ubsan_lets_through),
	KTEST_CASE(ubsan_finds_arithmetic),
	KTEST_CASE(ubsan_finds_division_by_zero),
	KTEST_CASE(ubsan_finds_pointers),
};
KTEST_SUITE_WITH(ubsan, ubsan_cases, .parent = "kernel");
