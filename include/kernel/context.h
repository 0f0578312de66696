/* SPDX-License-Identifier: MIT */
/*
 * Checks of the context (option CHECK_CONTEXT). The kernel has no locks: what
 * stands in for them is that handlers of interrupts touch nothing that the
 * thread uses but rings and counters. So whatever is not for handlers says so
 * here, and panics by name where one calls it. Without the option all of this
 * is nothing.
 */
#ifndef KERNEL_CONTEXT_H
#define KERNEL_CONTEXT_H

#include <stdint.h>

#ifdef CONFIG_CHECK_CONTEXT

/* Panic where an interrupt's handler runs: @what must not be called there. */
void context_need_thread(const char *what);

/* Panic where these are no flags of the CPU, or would turn interrupts on in a
 * handler. */
void context_check_restore(uint64_t flags);

/* A handler of @line has returned: panic where it has left behind other flags
 * of the CPU than @before. */
void context_check_handler(unsigned int line, uint64_t before, uint64_t after);

/* A fatal report begins, which may do all of it. */
void context_stop(void);

#else

static inline void context_need_thread(const char *what)
{
	(void)what;
}

static inline void context_check_restore(uint64_t flags)
{
	(void)flags;
}

static inline void context_check_handler(unsigned int line, uint64_t before,
					 uint64_t after)
{
	(void)line;
	(void)before;
	(void)after;
}

static inline void context_stop(void)
{
}

#endif

#endif
