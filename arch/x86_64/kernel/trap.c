/* SPDX-License-Identifier: MIT */
/*
 * What happens on each vector: an interrupt goes to its line's handler, a
 * breakpoint reports and continues, every other exception reports and halts.
 */
#include "trap.h"

#include <kernel/console.h>
#include <kernel/panic.h>

#include "fault.h"
#include "layout.h"
#include "pic.h"

static void trap_die(const struct trap_frame *frame, uint64_t cr2) __noreturn;

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

	if (!panic_enter()) {
		console_printf("\n%s (vector %lu) in the report, RIP=%016lx\n",
			       trap_name(frame->vector), frame->vector,
			       frame->rip);
		trap_report_area(frame, cr2);
	}
	if (!has_first) {
		has_first = true;
		first = *frame;
		first_cr2 = cr2;
	}
	trap_report(&first, first_cr2, true);
	panic_finish(&cause);
}

/* The address of the last page fault: another one would change it. */
static uint64_t read_cr2(void)
{
	uint64_t cr2;

	__asm__ volatile("movq %%cr2, %0" : "=r"(cr2));
	return cr2;
}

void trap_handle(struct trap_frame *frame)
{
	if (frame->vector >= VECTOR_IRQ_BASE)
		pic_dispatch((unsigned int)frame->vector - VECTOR_IRQ_BASE);
	else if (fault_catch(frame))
		return; /* a test wanted it */
	else if (frame->vector == VECTOR_BREAKPOINT)
		trap_report(frame, read_cr2(), false);
	else
		trap_die(frame, read_cr2());
}
