/* SPDX-License-Identifier: MIT */
/*
 * A walk up a stack by frame pointers, PURE: from where the CPU was to the
 * first function of the kernel, also across exceptions and interrupts, from
 * one stack to another. It believes nothing: what it reads lies in a stack of
 * the list, and each step goes up.
 *
 * Code must be compiled with frame pointers (option FRAME_POINTER). Any
 * context.
 */
#ifndef ARCH_STACK_WALK_H
#define ARCH_STACK_WALK_H

#include <kernel/area.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	STACK_NO_TRAP = -1,
	STACK_TRAP_TEXT_BYTES = 32, /* room for stack_trap_describe() */
};

/* What a walk has to know of the machine. */
struct stack_machine {
	const struct area_list *areas; /* the stacks among them count */
	uint64_t text_start, text_end;
	/* Where the handler of exceptions and interrupts returns to. */
	uint64_t trap_return;
};

/* Where a walk begins. */
struct stack_place {
	uint64_t pc; /* 0 with @sp 0: with the return address of @fp's frame */
	uint64_t sp; /* 0: not known */
	uint64_t fp;
};

/* All but @why and @culprit is the walk's own. */
struct stack_walk {
	const struct stack_machine *machine;
	struct stack_place at;
	const struct area *stack; /* that of the frame before, or NULL */
	uint64_t below;           /* the frame before */
	unsigned int traps;
	bool is_begun;
	const char *why;  /* why it has ended; NULL: at the first function */
	uint64_t culprit; /* the address that is meant */
};

struct stack_frame {
	uint64_t address;
	bool is_return; /* a call returns there, else it was not run yet */
	int trap;       /* the vector that came there, or STACK_NO_TRAP */
};

/* The kernel's own. */
extern const struct stack_machine stack_machine;

/* Begin a walk, on memory of the caller's. */
void stack_walk_begin(struct stack_walk *walk,
		      const struct stack_machine *machine,
		      const struct stack_place *place);

/* The next frame, upwards. False at the end: then @why of the walk tells. */
bool stack_walk_next(struct stack_walk *walk, struct stack_frame *frame);

/* A vector in words, "page fault" or "IRQ 1". */
void stack_trap_describe(int vector, char *text, size_t size_bytes);

#endif
