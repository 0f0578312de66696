/* SPDX-License-Identifier: MIT */
/*
 * The end of the road: a report on every console sink, then the machine's end.
 *
 * panic() is for what the kernel cannot go on from, assert() for our own bugs.
 * Both may be called in any context, inside a console sink and with interrupts
 * off: nothing on the way waits for a lock. Where a console sink faults inside
 * a report, that sink is left out from then on and the report is told again on
 * the others; the fourth such fault ends it. With REPORT_DETAIL a report is in
 * parts: it goes on at the part that a sink has broken and behind any other
 * that faults, and the 16th fault ends it.
 *
 * At the end the CPU halts, or with PANIC_ACTION what was chosen is done; a
 * report that faults have ended does it in silence.
 */
#ifndef KERNEL_PANIC_H
#define KERNEL_PANIC_H

#include <kernel/compiler.h>
#include <kernel/set.h>
#include <kernel/types.h>

/* Why the kernel stops; given to the notifiers. */
struct panic_cause {
	bool is_exception;   /* an exception, else a call of panic() */
	unsigned int vector; /* the exception's number */
	virt_addr_t stack;   /* the stack pointer of the report itself */
};

/*
 * Told once the report is out, before what ends it; may leave the machine.
 * Runs with interrupts off.
 */
struct panic_notifier {
	void (*notify)(const struct panic_cause *cause);
};

SET_DECLARE(panic_notifiers, const struct panic_notifier);

/* Registers a static const struct panic_notifier. */
#define PANIC_NOTIFIER(notifier) SET_ADD(panic_notifiers, notifier)

/* Print "KERNEL PANIC: " and the formatted text, then end as above. */
void panic(const char *format, ...) __printf(1, 2) __noreturn;

/*
 * Begin a fatal report: turns interrupts off. Returns false when another one is
 * under way, which the caller is to tell again, or with REPORT_DETAIL to go on
 * with by report_go_on(). Does not return when there were too many. For the
 * architecture's exception handlers.
 */
bool panic_enter(void);

/* End of a fatal report: tell the notifiers, do what was chosen for the end
 * (PANIC_ACTION), or say so and halt for good. */
void panic_finish(const struct panic_cause *cause) __noreturn;

#define assert(condition)                                              \
	do {                                                           \
		if (!(condition))                                      \
			panic("%s:%d: assertion failed: %s", __FILE__, \
			      __LINE__, #condition);                   \
	} while (0)

#endif
