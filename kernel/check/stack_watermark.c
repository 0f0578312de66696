/* SPDX-License-Identifier: MIT */
/*
 * Paint on stacks. A word of the paint that a function happens to leave there
 * counts as unused, and so does room that it took and never wrote to. When
 * there is nothing else to do a look at the last bytes of each stack tells of
 * one that is nearly used up.
 */
#include <kernel/compiler.h>
#include <kernel/idle.h>
#include <kernel/kasan.h>
#include <kernel/log.h>
#include <kernel/stack_watermark.h>

/* No address, no small number, no text. */
#define PAINT 0xc0ffee1517ac4e75UL

enum {
	WORD = sizeof(uint64_t),
	/* Of the stack that is in use: what this function may take. */
	IN_USE_BYTES = 512,
	TOLD_MAX = 16,
};

static bool is_in(const struct area *stack, uint64_t address)
{
	return address >= stack->start && address < stack->end;
}

void stack_watermark_begin(void)
{
	const uint64_t here = (uintptr_t)__builtin_frame_address(0);

	for (const struct area *area = kernel_areas.first; area != NULL;
	     area = area->next) {
		const uint64_t end =
			is_in(area, here) ? here - IN_USE_BYTES : area->end;

		if (area->kind != AREA_STACK)
			continue;
		for (uint64_t at = area->start; at + WORD <= end; at += WORD)
			*(volatile uint64_t *)at = PAINT;
	}
}

/* The first word from @start on that was written to; @end where none was. */
static uint64_t first_used(uint64_t start, uint64_t end)
{
	while (start < end && *(const volatile uint64_t *)start == PAINT)
		start += WORD;
	return start;
}

size_t stack_watermark_used(const struct area *stack)
{
	return stack->end - first_used(stack->start, stack->end);
}

/* ---- A warning ---------------------------------------------------------- */

/* The first stack that has less left than it should and was not told of. */
static const struct area *told[TOLD_MAX];
static size_t told_count;

static bool was_told(const struct area *stack)
{
	for (size_t i = 0; i < told_count; i++) {
		if (told[i] == stack)
			return true;
	}
	return false;
}

static const struct area *find_low(void)
{
	for (const struct area *area = kernel_areas.first; area != NULL;
	     area = area->next) {
		const uint64_t limit =
			area->start + CONFIG_STACK_WATERMARK_MIN_BYTES;

		if (area->kind == AREA_STACK && !was_told(area) &&
		    first_used(area->start, limit) < limit)
			return area;
	}
	return NULL;
}

static bool is_due(void)
{
	return told_count < TOLD_MAX && find_low() != NULL;
}

static void tell(void)
{
	const struct area *const stack = find_low();

	if (stack == NULL)
		return;
	told[told_count++] = stack;
	log_warn_idle("stack: %s has used %zu of its %lu bytes", stack->name,
		      stack_watermark_used(stack), stack->end - stack->start);
}

static const struct idle_work watermark = {
	.is_due = is_due,
	.run = tell,
};
IDLE_WORK(watermark);
