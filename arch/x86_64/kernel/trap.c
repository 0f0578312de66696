/* SPDX-License-Identifier: MIT */
/*
 * What happens on each vector: an interrupt goes to its line's handler, a
 * breakpoint reports and continues, every other exception reports and halts.
 */
#include "trap.h"

#include <kernel/console.h>
#include <kernel/debugger.h>
#include <kernel/panic.h>
#include <kernel/report.h>
#include <kernel/util.h>

#include "control.h"
#include "fault.h"
#include "irq_context.h"
#include "irq_count.h"
#include "layout.h"
#include "pic.h"
#include "report_stack.h"

static void trap_die(const struct trap_frame *frame, uint64_t cr2) __noreturn;

/* Another fault while a report is told: its lines. */
static void tell_nested(const struct trap_frame *frame, uint64_t cr2)
{
	console_printf("\n%s (vector %lu) in the report, RIP=%016lx\n",
		       trap_name(frame->vector), frame->vector, frame->rip);
	trap_report_area(frame, cr2);
}

/* With REPORT_DETAIL: the first report goes on behind the part that faulted. */
static void tell_in_parts(const struct trap_frame *frame, uint64_t cr2)
{
	/* Before anything is told: to take the console over may fault. */
	if (!report_has_begun())
		trap_report(frame, cr2, true);
	if (!panic_enter())
		tell_nested(frame, cr2);
	report_go_on();
}

/*
 * A fault inside a report has its lines; then the first report comes again, as
 * nobody knows how much of it was seen. Its frame is kept: a double fault on
 * the double-fault stack begins at the top of that stack once more.
 */
static void trap_die(const struct trap_frame *frame, uint64_t cr2)
{
	static struct trap_frame first;
	static uint64_t first_cr2;
	static bool has_first;
	const struct panic_cause cause = {
		.is_exception = true,
		.vector = (unsigned int)frame->vector,
		.stack = virt_addr_of(frame),
	};

	if (IS_ENABLED(CONFIG_REPORT_DETAIL)) {
		tell_in_parts(frame, cr2);
		panic_finish(&cause);
	}
	if (!panic_enter())
		tell_nested(frame, cr2);
	if (!has_first) {
		has_first = true;
		first = *frame;
		first_cr2 = cr2;
	}
	trap_report(&first, first_cr2, true);
	panic_finish(&cause);
}

/*
 * Does the kernel go on: has gdb seen to it, or was it a breakpoint? Exceptions
 * do not count as calls of the handler that they interrupt: they may print.
 */
static bool trap_serve(struct trap_frame *frame)
{
	const unsigned int handlers = irq_context_save();
	bool goes_on = true;

	irq_context_restore(0);
	if (!debugger_trap(frame)) {
		goes_on = frame->vector == VECTOR_BREAKPOINT;
		if (goes_on)
			trap_report(frame, cr2_read(), false);
	}
	irq_context_restore(handlers);
	return goes_on;
}

void trap_handle(struct trap_frame *frame)
{
	if (frame->vector >= VECTOR_IRQ_BASE) {
		irq_storm_found(frame);
		pic_dispatch((unsigned int)frame->vector - VECTOR_IRQ_BASE);
		debugger_poll(frame);
	} else if (fault_catch(frame) || trap_serve(frame)) {
		return; /* a test wanted it, or there is no harm */
	} else if (IS_ENABLED(CONFIG_REPORT_DETAIL) &&
		   !report_stack_is_known(frame)) {
		report_stack_switch(frame, cr2_read(), trap_die);
	} else {
		trap_die(frame, cr2_read());
	}
}
