/* SPDX-License-Identifier: MIT */
/*
 * Tests of the walk up a stack, on two stacks that are built word by word:
 * whole ones, and any that are not.
 */
#include <arch/stack_walk.h>
#include <kernel/ktest.h>
#include <lib/string.h>

#include "trap.h"

enum {
	WORDS = 128, /* of each stack */
	CODE_BYTES = 64,
	TRAP_RETURN = 40, /* in the code */
	FRAME_WORDS = sizeof(struct trap_frame) / 8,
	STEPS = 2000,
	BOUND = 10 * 2 * WORDS, /* frames: each trap leads to a stack anew */
};

static uint64_t stacks[2][WORDS];
static uint8_t code[CODE_BYTES];
static struct area areas[3];
static struct area_list list;
static struct stack_machine machine;
static struct stack_walk walk;

static uint64_t address_of(const volatile void *pointer)
{
	return virt_addr_of(pointer).value;
}

static uint64_t code_at(size_t offset)
{
	return address_of(code) + offset;
}

static void machine_prepare(struct ktest *test)
{
	(void)test;
	memset(stacks, 0, sizeof(stacks));
	memset(code, 0x90, sizeof(code));
	list = (struct area_list){ NULL };
	for (size_t i = 0; i < 2; i++)
		areas[i] = (struct area){
			.start = address_of(&stacks[i][0]),
			.end = address_of(&stacks[i][WORDS]),
			.kind = AREA_STACK,
		};
	areas[2] = (struct area){ .start = address_of(code),
				  .end = code_at(CODE_BYTES) };
	for (size_t i = 0; i < ARRAY_SIZE(areas); i++)
		area_add(&list, &areas[i]);
	machine = (struct stack_machine){
		.areas = &list,
		.text_start = code_at(0),
		.text_end = code_at(CODE_BYTES),
		.trap_return = code_at(TRAP_RETURN),
	};
}

/* A frame at a word of a stack; its address. */
static uint64_t frame_put(size_t stack, size_t at, uint64_t caller,
			  uint64_t return_address)
{
	stacks[stack][at] = caller;
	stacks[stack][at + 1] = return_address;
	return address_of(&stacks[stack][at]);
}

static void begin(uint64_t pc, uint64_t sp, uint64_t fp)
{
	const struct stack_place place = { pc, sp, fp };

	stack_walk_begin(&walk, &machine, &place);
}

static void expect_frame(struct ktest *test, uint64_t address, bool is_return,
			 int trap)
{
	struct stack_frame frame;

	KTEST_ASSERT(test, stack_walk_next(&walk, &frame));
	KTEST_EXPECT_EQ(test, frame.address, address);
	KTEST_EXPECT_EQ(test, frame.is_return, is_return);
	KTEST_EXPECT_EQ(test, frame.trap, trap);
}

/* The end: at the first function where @why is NULL, else broken there. */
static void expect_end(struct ktest *test, const char *why, uint64_t culprit)
{
	struct stack_frame frame;

	KTEST_ASSERT(test, !stack_walk_next(&walk, &frame));
	KTEST_ASSERT(test, (walk.why == NULL) == (why == NULL));
	if (why != NULL)
		KTEST_EXPECT_STREQ(test, walk.why, why);
	KTEST_EXPECT_EQ(test, walk.culprit, culprit);
}

static void stack_walk_goes_up(struct ktest *test)
{
	const uint64_t first = frame_put(0, 100, 0, 0);
	const uint64_t second = frame_put(0, 50, first, code_at(5));
	const uint64_t third = frame_put(0, 48, second, code_at(6));

	begin(code_at(7), 0, third);
	expect_frame(test, code_at(7), false, STACK_NO_TRAP);
	expect_frame(test, code_at(6), true, STACK_NO_TRAP);
	expect_frame(test, code_at(5), true, STACK_NO_TRAP);
	expect_end(test, NULL, 0);

	begin(0, 0, third);
	expect_frame(test, code_at(6), true, STACK_NO_TRAP);
}

/* Where a function has no frame, its caller is found by the stack pointer. */
static void stack_walk_finds_bare_callers(struct ktest *test)
{
	static const struct {
		size_t pc;
		size_t above; /* the return address is so many words up */
		uint8_t bytes[5];
		bool is_bare;
	} cases[] = {
		{ 0, 0, { 0x55 }, true },
		{ 0, 0, { 0xf3, 0x0f, 0x1e, 0xfa, 0x55 }, true },
		{ 1, 1, { 0x55, 0x48, 0x89, 0xe5 }, true },
		{ 4, 0, { 0x90, 0x90, 0x90, 0x90, 0xc3 }, true },
		{ 4, 0, { 0x55, 0x48, 0x89, 0xe5, 0x90 }, false },
		{ CODE_BYTES, 0, { 0 }, true }, /* no code at all */
		{ CODE_BYTES - 1, 0, { 0 }, false },
	};
	const uint64_t first = frame_put(0, 100, 0, 0);

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		memcpy(code, cases[i].bytes, sizeof(cases[i].bytes));
		stacks[0][20 + cases[i].above] = code_at(30);
		begin(code_at(cases[i].pc), address_of(&stacks[0][20]), first);
		expect_frame(test, code_at(cases[i].pc), false, STACK_NO_TRAP);
		if (cases[i].is_bare)
			expect_frame(test, code_at(30), true, STACK_NO_TRAP);
		expect_end(test, NULL, 0);
	}
}

/* A leaf of gcc's: a call of code that begins without a frame. */
static void stack_walk_finds_callers_of_leaves(struct ktest *test)
{
	static const struct {
		uint8_t call, target, first;
		bool is_leaf;
	} cases[] = {
		{ 0xe8, 8, 0x90, true },    { 0xe8, 12, 0x90, true },
		{ 0xe8, 13, 0x90, false },  /* behind the place */
		{ 0xe8, 8, 0x55, false },   /* has a frame */
		{ 0xe9, 8, 0x90, false },   /* no call */
		{ 0xe8, 136, 0x90, false }, /* no code */
	};
	const uint64_t first = frame_put(0, 100, 0, 0);

	stacks[0][20] = code_at(30);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const int32_t distance = (int8_t)cases[i].target - 30;

		code[25] = cases[i].call;
		memcpy(&code[26], &distance, sizeof(distance));
		code[8] = cases[i].first;
		begin(code_at(12), address_of(&stacks[0][20]), first);
		expect_frame(test, code_at(12), false, STACK_NO_TRAP);
		if (cases[i].is_leaf)
			expect_frame(test, code_at(30), true, STACK_NO_TRAP);
		expect_end(test, NULL, 0);
	}
	/* So near to the beginning that no call can be there. */
	stacks[0][20] = code_at(4);
	begin(code_at(12), address_of(&stacks[0][20]), first);
	expect_frame(test, code_at(12), false, STACK_NO_TRAP);
	expect_end(test, NULL, 0);
}

/* ... unless that is nothing to rely on. */
static void stack_walk_doubts_the_stack_pointer(struct ktest *test)
{
	const uint64_t first = frame_put(0, 100, 0, 0);
	const uint64_t no_code = CODE_BYTES + code_at(0);
	const uint64_t pointers[] = {
		address_of(&stacks[0][20]) + 1, /* not aligned */
		address_of(&stacks[0][WORDS]),  /* no stack: it is the other's
						 * or nobody's */
		address_of(&stacks[0][21]),     /* what is there is no code */
		8,
	};

	stacks[0][20] = code_at(3);
	stacks[0][21] = no_code;
	areas[1].kind = AREA_DATA;
	for (size_t i = 0; i < ARRAY_SIZE(pointers); i++) {
		begin(no_code, pointers[i], first);
		expect_frame(test, no_code, false, STACK_NO_TRAP);
		expect_end(test, NULL, 0);
	}
}

/* What trap_common leaves: the frame of trap_handle() right below the
 * registers. Returns the frame's address. */
static uint64_t trap_put(size_t stack, size_t at, const struct trap_frame *trap)
{
	memcpy(&stacks[stack][at + 2], trap, sizeof(*trap));
	return frame_put(stack, at, trap->rbp, machine.trap_return);
}

static void stack_walk_crosses_traps(struct ktest *test)
{
	const uint64_t first = frame_put(0, 100, 0, 0);
	const struct trap_frame trap = {
		.vector = 14,
		.rip = code_at(1),
		.rbp = frame_put(0, 50, first, code_at(5)),
		.rsp = 0,
	};
	const uint64_t inside = trap_put(1, 90, &trap);

	begin(code_at(2), 0, frame_put(1, 80, inside, code_at(7)));
	expect_frame(test, code_at(2), false, STACK_NO_TRAP);
	expect_frame(test, code_at(7), true, STACK_NO_TRAP);
	expect_frame(test, code_at(1), false, 14);
	expect_frame(test, code_at(5), true, STACK_NO_TRAP);
	expect_end(test, NULL, 0);
}

static void stack_walk_says_where_it_ends(struct ktest *test)
{
	const uint64_t at = frame_put(0, 50, 0x4141414141414141, code_at(5));
	const uint64_t last = address_of(&stacks[0][WORDS - 1]);
	uint64_t fp;

	begin(code_at(1), 0, at);
	expect_frame(test, code_at(1), false, STACK_NO_TRAP);
	expect_frame(test, code_at(5), true, STACK_NO_TRAP);
	expect_end(test, "not aligned: the frame pointer", 0x4141414141414141);

	frame_put(0, 50, 0, code_at(5));
	begin(0, 0, at);
	expect_frame(test, code_at(5), true, STACK_NO_TRAP);
	expect_end(test, "no stack has the frame pointer", 0);

	begin(0, 0, last);
	expect_end(test, "no stack has the frame pointer", last);

	begin(0, 0, address_of(code) & ~7ULL);
	expect_end(test, "no stack has the frame pointer",
		   address_of(code) & ~7ULL);

	frame_put(0, 50, at, code_at(5));
	begin(0, 0, at);
	expect_frame(test, code_at(5), true, STACK_NO_TRAP);
	expect_end(test, "not upwards: the frame pointer", at);

	fp = frame_put(1, 50, at, code_at(6));
	frame_put(0, 50, fp, code_at(5));
	begin(0, 0, at);
	expect_frame(test, code_at(5), true, STACK_NO_TRAP);
	expect_end(test, "not upwards: the frame pointer", fp);

	frame_put(0, 50, at + 16, 0x1234);
	begin(0, 0, at);
	expect_end(test, "no code at the return address", 0x1234);
	frame_put(0, 50, at + 16, 0);
	begin(0, 0, at);
	expect_end(test, "no code at the return address", 0);
}

/* What is behind the circle is not found, but the walk ends. */
static void stack_walk_doubts_the_list(struct ktest *test)
{
	begin(0, 0, 8);
	list.first->next = list.first;
	expect_end(test, "no stack has the frame pointer", 8);
}

static void stack_walk_doubts_traps(struct ktest *test)
{
	struct trap_frame trap = { .vector = 3, .rip = code_at(1) };
	uint64_t at =
		frame_put(0, WORDS - FRAME_WORDS - 1, 0, machine.trap_return);

	begin(0, 0, at);
	expect_end(test, "no stack has the registers at", at + 16);

	/* One that leads to itself. */
	trap.rbp = address_of(&stacks[0][10]);
	at = trap_put(0, 10, &trap);
	begin(0, 0, at);
	for (int i = 0; i < 8; i++)
		expect_frame(test, code_at(1), false, 3);
	expect_end(test, "too many exceptions at", at + 16);
}

/* A word of a stack as a broken one may have it. */
static uint64_t random_word(struct ktest *test)
{
	const uint32_t random = ktest_random(test);
	const size_t at = (random >> 8) % WORDS;

	switch (random % 8) {
	case 0:
		return random;
	case 1:
		return machine.trap_return;
	case 2:
	case 3:
	case 4:
		return address_of(&stacks[random >> 4 & 1][at]);
	default:
		return code_at((random >> 8) % CODE_BYTES);
	}
}

static void stack_walk_survives_anything(struct ktest *test)
{
	struct stack_frame frame;

	for (unsigned int step = 0; step < STEPS; step++) {
		unsigned int count = 0;

		for (size_t i = 0; i < 2 * WORDS; i++)
			stacks[i % 2][i / 2] = random_word(test);
		begin(random_word(test), random_word(test), random_word(test));
		while (stack_walk_next(&walk, &frame))
			count++;
		KTEST_ASSERT(test, count < BOUND);
	}
}

static const struct ktest_case stack_walk_cases[] = {
	KTEST_CASE(stack_walk_goes_up),
	KTEST_CASE(stack_walk_finds_bare_callers),
	KTEST_CASE(stack_walk_finds_callers_of_leaves),
	KTEST_CASE(stack_walk_doubts_the_stack_pointer),
	KTEST_CASE(stack_walk_crosses_traps),
	KTEST_CASE(stack_walk_says_where_it_ends),
	KTEST_CASE(stack_walk_doubts_the_list),
	KTEST_CASE(stack_walk_doubts_traps),
	KTEST_CASE(stack_walk_survives_anything),
};

KTEST_SUITE_WITH(stack_walk, stack_walk_cases, .setup = machine_prepare);
