/* SPDX-License-Identifier: MIT */
/*
 * Tests of the paint on stacks.
 */
#include <kernel/ktest.h>
#include <kernel/stack_watermark.h>

static const struct area *own_stack(void)
{
	const uint64_t here = (uintptr_t)__builtin_frame_address(0);
	const struct area *area = kernel_areas.first;

	while (area != NULL && (here < area->start || here >= area->end))
		area = area->next;
	return area;
}

static void stack_watermark_grows(struct ktest *test)
{
	const struct area *const stack = own_stack();
	size_t before;

	KTEST_ASSERT(test, stack != NULL);
	before = stack_watermark_used(stack);
	KTEST_EXPECT_GT(test, before, 0);
	KTEST_ASSERT_LT(test, before + 512, stack->end - stack->start - 4096);
	KTEST_EXPECT_EQ(test, stack_watermark_used(stack), before);
	*(volatile uint64_t *)(stack->end - before - 64) = 1;
	KTEST_EXPECT_EQ(test, stack_watermark_used(stack), before + 64);
}

static const struct ktest_case stack_watermark_cases[] = {
	KTEST_CASE(stack_watermark_grows),
};
KTEST_SUITE_WITH(stack_watermark, stack_watermark_cases, .parent = "kernel");
