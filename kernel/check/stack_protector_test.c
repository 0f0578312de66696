/* SPDX-License-Identifier: MIT */
/*
 * Tests of the stack protector: a function that runs over the end of its array
 * does not return.
 */
#include <kernel/ktest.h>
#include <lib/string.h>

extern uintptr_t __stack_chk_guard;

enum {
	ROOM = 16,
};

/* The compiler must not know how far it goes. */
static volatile size_t length;
static volatile uint8_t sink;

static __noinline void fill(void)
{
	uint8_t bytes[ROOM];
	uint8_t *volatile to = bytes;

	for (size_t i = 0; i < length; i++)
		to[i] = 0x5a;
	sink = to[0];
}

static void stack_protector_lets_go(struct ktest *test)
{
	length = ROOM;
	fill();
	KTEST_EXPECT_EQ(test, sink, 0x5a);
}

static void stack_protector_finds_an_overflow(struct ktest *test)
{
	length = ROOM + 2 * sizeof(uintptr_t);
	KTEST_EXPECT_PANIC(test, fill());
}

static void stack_protector_has_a_canary(struct ktest *test)
{
	KTEST_EXPECT_NE(test, __stack_chk_guard, 0);
	KTEST_EXPECT_EQ(test, __stack_chk_guard & 0xff, 0);
}

static const struct ktest_case stack_protector_cases[] = {
	KTEST_CASE(stack_protector_lets_go),
	KTEST_CASE(stack_protector_finds_an_overflow),
	KTEST_CASE(stack_protector_has_a_canary),
};
KTEST_SUITE_WITH(stack_protector, stack_protector_cases, .parent = "kernel");
