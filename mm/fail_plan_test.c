/* SPDX-License-Identifier: MIT */
/*
 * Tests of the plans by which allocations fail.
 */
#include "fail_plan.h"

#include <kernel/ktest.h>

enum {
	COUNT = 40, /* of allocations that are looked at */
};

/* Bit i: the i-th allocation, the first being 0, fails. */
static uint64_t failures(struct fail_plan plan)
{
	uint64_t bits = 0;

	for (size_t i = 0; i < COUNT; i++)
		bits |= (uint64_t)fail_plan_next(&plan) << i;
	return bits;
}

static void fail_plan_every(struct ktest *test)
{
	KTEST_EXPECT_EQ(test, failures(fail_plan_of(0)), 0);
	for (uint32_t every = 1; every <= COUNT + 1; every++) {
		const uint64_t bits = failures(fail_plan_of(every));

		for (size_t i = 0; i < COUNT; i++)
			KTEST_EXPECT_EQ(test, bits >> i & 1,
					(i + 1) % every == 0);
	}
}

static void fail_plan_of_a_text(struct ktest *test)
{
	static const struct {
		const char *text;
		uint64_t failures;
	} plans[] = {
		{ "0", 0 },
		{ "1", (1UL << COUNT) - 1 },
		{ "20", 1UL << 19 | 1UL << 39 },
		{ "2147483647", 0 },
		{ "1,0", 1 },
		{ "1,7", 1UL << 7 },
		{ "3,7", 1UL << 9 },
		{ "2147483647,2147483647", 0 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(plans); i++) {
		struct fail_plan plan = { .every = 1 };

		KTEST_EXPECT_EQ(test, fail_plan_parse(plans[i].text, &plan), 0);
		KTEST_EXPECT_EQ(test, failures(plan), plans[i].failures);
	}
}

static void fail_plan_of_no_plan(struct ktest *test)
{
	static const char *const texts[] = {
		"",
		"x",
		"1x",
		"1 ",
		"-1",
		",",
		",1",
		"1,",
		"0,1",
		"1,2,3",
		"1,x",
		"1,-2",
		"1,,2",
		"0x10",
		"2147483648",
		"1,2147483648",
		"00000000000000000001",
	};

	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		struct fail_plan plan = fail_plan_of(7);

		KTEST_EXPECT_EQ(test, fail_plan_parse(texts[i], &plan),
				-EINVAL);
		KTEST_EXPECT_EQ(test, failures(plan),
				failures(fail_plan_of(7)));
	}
}

static const struct ktest_case fail_plan_cases[] = {
	KTEST_CASE(fail_plan_every),
	KTEST_CASE(fail_plan_of_a_text),
	KTEST_CASE(fail_plan_of_no_plan),
};
KTEST_SUITE_WITH(fail_plan, fail_plan_cases, .parent = "mm");
