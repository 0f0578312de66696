/* SPDX-License-Identifier: MIT */
/*
 * What happens on each vector: an interrupt goes to its line's handler, a
 * breakpoint reports and continues, every other exception reports and halts.
 */
#include "trap.h"

#include <kernel/console.h>
#include <kernel/panic.h>

#include "layout.h"
#include "pic.h"

static void trap_die(const struct trap_frame *frame) __noreturn;

static void trap_die(const struct trap_frame *frame)
{
	const struct panic_cause cause = {
		.is_exception = true,
		.vector = (unsigned int)frame->vector,
		.stack = virt_addr_of(frame),
	};

	if (panic_enter())
		trap_report(frame, true);
	else
		console_printf("\n%s (vector %lu) in the report, RIP=%016lx\n",
			       trap_name(frame->vector), frame->vector,
			       frame->rip);
	panic_finish(&cause);
}

void trap_handle(const struct trap_frame *frame)
{
	if (frame->vector >= VECTOR_IRQ_BASE)
		pic_dispatch((unsigned int)frame->vector - VECTOR_IRQ_BASE);
	else if (frame->vector == VECTOR_BREAKPOINT)
		trap_report(frame, false);
	else
		trap_die(frame);
}
