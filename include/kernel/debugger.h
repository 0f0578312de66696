/* SPDX-License-Identifier: MIT */
/*
 * gdb on another machine, by a serial line (option GDB_STUB). Nothing here
 * waits for a gdb that is not there, but for debugger_enter(): that is for who
 * was asked to wait.
 */
#ifndef KERNEL_DEBUGGER_H
#define KERNEL_DEBUGGER_H

#include <kernel/types.h>

struct trap_frame;

#ifdef CONFIG_GDB_STUB
/* Is a gdb there? It was when it was last heard of. Any context. */
bool debugger_attached(void);

/*
 * Stop with these registers, because of an exception; returns when gdb says
 * continue, and where there is no serial line to talk on, at once. Without a
 * gdb it waits for one, and says so. Interrupts off.
 */
void debugger_enter(struct trap_frame *frame, unsigned int vector);

/* An exception has come: true where it was the debugger's, or gdb has mended
 * it, and there is nothing to report. For the exception handler. */
bool debugger_trap(struct trap_frame *frame);

/* An interrupt was served: does gdb want to break in? For the interrupt
 * handler. */
void debugger_poll(struct trap_frame *frame);
#else
static inline bool debugger_attached(void)
{
	return false;
}

static inline void debugger_enter(struct trap_frame *frame, unsigned int vector)
{
	(void)frame;
	(void)vector;
}

static inline bool debugger_trap(struct trap_frame *frame)
{
	(void)frame;
	return false;
}

static inline void debugger_poll(struct trap_frame *frame)
{
	(void)frame;
}
#endif

#endif
