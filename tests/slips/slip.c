/* SPDX-License-Identifier: MIT */
/*
 * slip: makes a mistake on purpose, for the tests of the checks
 * (test_checks.py), which bring this in by EXTERNAL= and look for the lines
 * with a comment "slip: NAME". Numbers come through volatile objects, or the
 * compiler would find out by itself.
 */
#include <arch/cpu.h>
#include <kernel/area.h>
#include <kernel/compiler.h>
#include <kernel/console.h>
#include <kernel/errno.h>
#include <kernel/types.h>
#include <lib/string.h>
#include <mm/heap.h>
#include <shell/command.h>

enum {
	BYTES = 20,
	LEFT_BYTES = 512, /* less than STACK_WATERMARK_MIN_BYTES */
};

static volatile size_t twenty = BYTES;
static volatile int most = INT32_MAX, sink;
static uint8_t table[BYTES];

static __noinline void slip_heap(void)
{
	uint8_t *const memory = kmalloc(BYTES);

	memory[twenty] = 1; /* slip: heap */
	kfree(memory);
}

static __noinline void slip_freed(void)
{
	uint8_t *const memory = kmalloc(BYTES);

	kfree(memory);
	sink = *(volatile uint8_t *)memory; /* slip: freed */
}

static __noinline void slip_global(void)
{
	uint8_t *volatile to = table;

	to[twenty] = 1; /* slip: global */
}

static __noinline void slip_stack(void)
{
	uint8_t bytes[BYTES];
	uint8_t *volatile to = bytes;

	to[twenty] = 1; /* slip: stack */
	sink = to[0];
}

static __noinline void slip_copy(void)
{
	uint8_t bytes[2 * BYTES];

	memcpy(bytes, table, twenty + 1); /* slip: copy */
	sink = bytes[0];
}

static __noinline void slip_overflow(void)
{
	sink = most + 1; /* slip: overflow */
}

static __noinline void slip_misaligned(void)
{
	const void *const odd = table + twenty / BYTES;

	sink = *(const volatile int *)odd; /* slip: misaligned */
}

static __noinline void slip_index(void)
{
	sink = table[twenty]; /* slip: index */
}

/* Where KASAN does not look. */
static __noinline __attribute__((no_sanitize("kernel-address"))) void
slip_canary(void)
{
	uint8_t bytes[BYTES];
	uint8_t *volatile to = bytes;

	for (size_t i = 0; i < 3 * twenty; i++)
		to[i] = 1;
	sink = to[0];
} /* slip: canary */

static __noinline void deepen(uint64_t limit)
{
	if ((uintptr_t)__builtin_frame_address(0) > limit)
		deepen(limit);
	sink = 0; /* the call above is not the last thing done */
}

/* No slip: nearly all of the stack is used, once. */
static __noinline void slip_depth(void)
{
	const uint64_t here = (uintptr_t)__builtin_frame_address(0);
	const struct irq_state state = irq_save();

	for (const struct area *area = kernel_areas.first; area != NULL;
	     area = area->next) {
		if (here >= area->start && here < area->end &&
		    area->kind == AREA_STACK)
			deepen(area->start + LEFT_BYTES);
	}
	irq_restore(state);
}

static const struct {
	const char *name;
	void (*make)(void);
} slips[] = {
	{ "heap", slip_heap },
	{ "freed", slip_freed },
	{ "global", slip_global },
	{ "stack", slip_stack },
	{ "copy", slip_copy },
	{ "overflow", slip_overflow },
	{ "misaligned", slip_misaligned },
	{ "index", slip_index },
	{ "canary", slip_canary },
	{ "depth", slip_depth },
};

static int slip_run(const struct shell_args *args)
{
	for (size_t i = 0; i < sizeof(slips) / sizeof(slips[0]); i++) {
		if (strcmp(args->rest, slips[i].name) == 0)
			slips[i].make();
	}
	console_printf("nobody noticed\n");
	return 0;
}

SHELL_COMMAND(slip, "<name>", "make a mistake", slip_run);
