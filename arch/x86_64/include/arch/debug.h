/* SPDX-License-Identifier: MIT */
/*
 * What a debugger inside the kernel needs of the CPU. In kernels with the
 * option GDB_STUB. All of it is for the exception handler alone, interrupts
 * off.
 */
#ifndef ARCH_DEBUG_H
#define ARCH_DEBUG_H

#include <kernel/types.h>

struct trap_frame;

/* Stop here: an exception, on which a debugger that is there comes up. Any
 * context once irq_init() has run. */
static inline void debug_break(void)
{
	__asm__ volatile("int3" : : : "memory");
}

/* Bytes of a register by gdb's number, 0 where it has none of that number. */
size_t debug_register_bytes(unsigned int number);

/* Of the interrupted code: what is set counts when it goes on. */
uint64_t debug_register_get(const struct trap_frame *frame,
			    unsigned int number);
void debug_register_set(struct trap_frame *frame, unsigned int number,
			uint64_t value);

/* Is the interrupted code to stop again behind its next instruction? */
void debug_step_set(struct trap_frame *frame, bool is_on);

/* A copy of the interrupted code's registers, which stays until the next one
 * is made: to look at, as nothing goes on by it. */
struct trap_frame *debug_keep(const struct trap_frame *frame);

/* Why the code was interrupted: the exception's number. */
unsigned int debug_vector(const struct trap_frame *frame);

/* The signal by which gdb knows an exception, of Linux's numbers. */
unsigned int debug_signal(unsigned int vector);

/* Is this exception of the debugger's own making: a breakpoint, a step? */
bool debug_is_stop(unsigned int vector);

/*
 * Copy memory at any address. Returns 0 or -EFAULT, where a part is not
 * mapped; what was copied until then stays. Read-only pages are written to,
 * and stay read-only in the tables.
 */
int debug_read(uint64_t address, void *to, size_t size_bytes);
int debug_write(uint64_t address, const void *from, size_t size_bytes);

enum debug_watch {
	DEBUG_WATCH_EXECUTE,
	DEBUG_WATCH_WRITE,
	DEBUG_WATCH_ACCESS,
};

/*
 * Have the CPU stop at an address: up to four. @size_bytes is 1, 2, 4 or 8, and
 * the address a multiple of it. Returns 0; -EINVAL where it is not; -ENOSPC
 * where all are in use; -ENOENT for one to clear that is not set. They are in
 * force from debug_watch_resume() on.
 */
int debug_watch_set(enum debug_watch kind, uint64_t address, size_t size_bytes);
int debug_watch_clear(enum debug_watch kind, uint64_t address,
		      size_t size_bytes);

/* None of them is in force until it is resumed. True where one was why the CPU
 * has stopped: its kind and address. Once after each stop. */
bool debug_watch_suspend(enum debug_watch *kind, uint64_t *address);
void debug_watch_resume(void);

/* Those that a debugger left behind are forgotten. */
void debug_watch_forget(void);

/* "CR0=... CR2=...", the control registers by their names, cut to fit. */
void debug_describe(char *text, size_t size_bytes);

#endif
