/* SPDX-License-Identifier: MIT */
/*
 * The stacks of three exceptions. An exception that comes while its own handler
 * runs begins at its stack's top again: a non-maskable interrupt does not until
 * the handler returns, a machine check stops the CPU, and the handler of debug
 * exceptions has no breakpoints in it.
 */
#include "exception_stacks.h"

#include <kernel/area.h>
#include <kernel/log.h>
#include <kernel/util.h>

#include "layout.h"
#include "trap.h"

enum {
	EXCEPTION_STACKS = 3,
	STACK_BYTES = CONFIG_EXCEPTION_STACK_KIB * 1024,
};

static_assert(STACK_BYTES % 4096 == 0,
	      "EXCEPTION_STACK_KIB must be a multiple of 4");

static struct {
	uint8_t guard[STACK_GUARD_BYTES];
	uint8_t stack[STACK_BYTES];
} exception_stacks[EXCEPTION_STACKS] __aligned(4096);

static const uint8_t vectors[EXCEPTION_STACKS] = {
	VECTOR_NMI,
	VECTOR_MACHINE_CHECK,
	VECTOR_DEBUG,
};

static uint8_t entry_of(size_t index)
{
	return (uint8_t)(IST_DOUBLE_FAULT + 1 + index);
}

uint8_t exception_stack_of(unsigned int vector)
{
	for (size_t i = 0; i < EXCEPTION_STACKS; i++) {
		if (vectors[i] == vector)
			return entry_of(i);
	}
	return 0;
}

bool exception_stack_has(uint64_t address)
{
	for (size_t i = 0; i < EXCEPTION_STACKS; i++) {
		const uint8_t *const stack = exception_stacks[i].stack;

		if (address - virt_addr_of(stack).value < STACK_BYTES)
			return true;
	}
	return false;
}

void exception_stacks_init(void (*set)(uint8_t entry, uint64_t top))
{
	static struct area areas[EXCEPTION_STACKS] = {
		{ .name = "nmi" },
		{ .name = "machine-check" },
		{ .name = "debug" },
	};

	for (size_t i = 0; i < EXCEPTION_STACKS; i++) {
		areas[i].kind = AREA_STACK;
		areas[i].start = virt_addr_of(exception_stacks[i].stack).value;
		areas[i].end = areas[i].start + STACK_BYTES;
		area_add(&kernel_areas, &areas[i]);
		set(entry_of(i), areas[i].end);
	}
	log_info("cpu: stacks of %d KiB for NMI, machine check, debug",
		 CONFIG_EXCEPTION_STACK_KIB);
}

void exception_stacks_guard(void (*unmap)(const uint8_t *guard))
{
	for (size_t i = 0; i < EXCEPTION_STACKS; i++)
		unmap(exception_stacks[i].guard);
}
