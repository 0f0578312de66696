/* SPDX-License-Identifier: MIT */
/*
 * A walk up a stack by frame pointers, PURE. What a function's frame is:
 *
 *	fp + 8	where it returns to
 *	fp	the caller's frame pointer
 *
 * and that of the code that calls trap_handle() has, in place of a caller, the
 * registers of what was interrupted (struct trap_frame) above it. The first
 * function has zeroes for both.
 */
#include <arch/stack_walk.h>
#include <lib/string.h>

#include "trap.h"

enum {
	FRAME_BYTES = 16,
	TRAPS_MAX = 8,

	/* What is around the place where a function has a frame. */
	OPCODE_PUSH_FP = 0x55,
	OPCODE_RET = 0xc3,
	OPCODE_CALL = 0xe8,
	CALL_BYTES = 5,
	LEAF_BYTES_MAX = 4096,
};

static uint64_t word_at(uint64_t address)
{
	return *(const uint64_t *)(uintptr_t)address;
}

/* The stack that has all of a few bytes, or NULL. */
static const struct area *stack_with(const struct area_list *list,
				     uint64_t address, uint64_t bytes)
{
	const struct area *area = list->first;

	while (area != NULL &&
	       (area->kind != AREA_STACK || address < area->start ||
		address >= area->end || area->end - address < bytes))
		area = area_above(area);
	return area;
}

static bool is_code(const struct stack_machine *machine, uint64_t address)
{
	return address >= machine->text_start && address < machine->text_end;
}

static bool has_bytes(const struct stack_machine *machine, uint64_t address,
		      const uint8_t *bytes, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (!is_code(machine, address + i) ||
		    *(const uint8_t *)(uintptr_t)(address + i) != bytes[i])
			return false;
	}
	return true;
}

/* Is what comes next to save the caller's frame pointer? */
static bool begins_frame(const struct stack_machine *machine, uint64_t pc)
{
	static const uint8_t push[] = { OPCODE_PUSH_FP };
	static const uint8_t branch_push[] = { 0xf3, 0x0f, 0x1e, 0xfa,
					       OPCODE_PUSH_FP };

	return has_bytes(machine, pc, push, sizeof(push)) ||
	       has_bytes(machine, pc, branch_push, sizeof(branch_push));
}

/*
 * gcc gives no frame to a function that calls none and needs no stack: all the
 * while its return address is at the stack pointer. It is one if the call
 * there was of a function that begins so, right below the place.
 */
static bool is_leaf(const struct stack_machine *machine, uint64_t pc,
		    uint64_t return_address)
{
	static const uint8_t call[] = { OPCODE_CALL };
	int32_t distance;
	uint64_t start;

	if (!is_code(machine, return_address) ||
	    !has_bytes(machine, return_address - CALL_BYTES, call, 1))
		return false;
	memcpy(&distance,
	       (const void *)(uintptr_t)(return_address - sizeof(distance)),
	       sizeof(distance));
	start = return_address + (uint64_t)distance;
	return pc - start < LEAF_BYTES_MAX && is_code(machine, start) &&
	       !begins_frame(machine, start);
}

/* How far above the stack pointer the return address is of a function that has
 * no frame, or not yet, or none any more; -1 where it has one. */
static int bare_return(const struct stack_machine *machine, uint64_t pc)
{
	static const uint8_t push_move[] = { OPCODE_PUSH_FP, 0x48, 0x89, 0xe5 };
	static const uint8_t ret[] = { OPCODE_RET };

	if (!is_code(machine, pc) || begins_frame(machine, pc) ||
	    has_bytes(machine, pc, ret, sizeof(ret)))
		return 0;
	if (has_bytes(machine, pc - 1, push_move, sizeof(push_move)))
		return sizeof(uint64_t);
	return -1;
}

static bool walk_end(struct stack_walk *walk, const char *why, uint64_t culprit)
{
	walk->why = why;
	walk->culprit = culprit;
	return false;
}

/* The return address of a function without a frame, or 0. */
static uint64_t bare_address(const struct stack_walk *walk)
{
	const struct stack_machine *machine = walk->machine;
	const int distance = bare_return(machine, walk->at.pc);
	const uint64_t at = walk->at.sp + (distance > 0 ? sizeof(uint64_t) : 0);

	if (walk->at.sp == 0 || at % sizeof(uint64_t) != 0 ||
	    stack_with(machine->areas, at, sizeof(uint64_t)) == NULL ||
	    !is_code(machine, word_at(at)) ||
	    (distance < 0 && !is_leaf(machine, walk->at.pc, word_at(at))))
		return 0;
	return word_at(at);
}

/* Go on at what was interrupted; its registers are above the frame. */
static bool walk_cross(struct stack_walk *walk, struct stack_frame *frame)
{
	const uint64_t at = walk->at.fp + FRAME_BYTES;
	const struct trap_frame *trap = (const void *)(uintptr_t)at;

	if (stack_with(walk->machine->areas, at, sizeof(*trap)) == NULL)
		return walk_end(walk, "no stack has the registers at", at);
	if (++walk->traps > TRAPS_MAX)
		return walk_end(walk, "too many exceptions at", at);
	frame->address = trap->rip;
	frame->trap = (int)trap->vector;
	walk->at = (struct stack_place){ trap->rip, trap->rsp, trap->rbp };
	walk->stack = NULL;
	return true;
}

/* The caller of the frame at walk->at.fp. */
static bool walk_up(struct stack_walk *walk, struct stack_frame *frame)
{
	const uint64_t fp = walk->at.fp;
	const struct area *stack =
		stack_with(walk->machine->areas, fp, FRAME_BYTES);

	if (fp % sizeof(uint64_t) != 0)
		return walk_end(walk, "not aligned: the frame pointer", fp);
	if (stack == NULL)
		return walk_end(walk, "no stack has the frame pointer", fp);
	if (walk->stack != NULL && (walk->stack != stack || fp <= walk->below))
		return walk_end(walk, "not upwards: the frame pointer", fp);
	frame->address = word_at(fp + sizeof(uint64_t));
	if (frame->address == 0 && word_at(fp) == 0)
		return walk_end(walk, NULL, 0);
	if (!is_code(walk->machine, frame->address))
		return walk_end(walk, "no code at the return address",
				frame->address);
	if (frame->address == walk->machine->trap_return)
		return walk_cross(walk, frame);
	frame->is_return = true;
	walk->stack = stack;
	walk->below = fp;
	walk->at.fp = word_at(fp);
	return true;
}

void stack_walk_begin(struct stack_walk *walk,
		      const struct stack_machine *machine,
		      const struct stack_place *place)
{
	*walk = (struct stack_walk){ .machine = machine, .at = *place };
	walk->is_begun = place->pc == 0 && place->sp == 0;
}

bool stack_walk_next(struct stack_walk *walk, struct stack_frame *frame)
{
	*frame = (struct stack_frame){ .trap = STACK_NO_TRAP };
	if (!walk->is_begun) {
		walk->is_begun = true;
		frame->address = walk->at.pc;
		return true;
	}
	frame->address = bare_address(walk);
	walk->at.sp = 0;
	if (frame->address != 0) {
		frame->is_return = true;
		return true;
	}
	return walk_up(walk, frame);
}
