/* SPDX-License-Identifier: MIT */
/*
 * Guards against faults, the innermost one first. A fault is led to its guard
 * by changing the frame from which the CPU returns: it goes on in
 * fault_guard_resume(), on the stack that the guard has saved. So the fault
 * may come on any stack, in any function that was called, even at an address
 * that has no code.
 */
#include "fault.h"

#include <kernel/kasan.h>

#include "irq_context.h"
#include "write_window.h"

static struct fault_guard *innermost;

static_assert(offsetof(struct fault_guard, rip) == 56,
	      "as fault_guard.S has it");

/* Give the saved registers back: fault_guard_save() returns true. In
 * fault_guard.S.
 */
void fault_guard_resume(const struct fault_guard *guard) __noreturn;

static struct fault_guard *catch (int what)
{
	struct fault_guard *const guard = innermost;

	if (guard != NULL) {
		guard->caught = what;
		irq_context_restore(guard->irq_context);
		if ((cr0_read() ^ guard->cr0) & CR0_WP)
			write_window_close((struct write_window){ guard->cr0,
								  guard->cr4 });
		kasan_stacks_leave(guard->rsp);
	}
	return guard;
}

void fault_guard_set(struct fault_guard *guard)
{
	guard->caught = FAULT_NONE;
	guard->irq_context = irq_context_save();
	guard->cr0 = cr0_read();
	guard->cr4 = cr4_read();
	guard->outer = innermost;
	innermost = guard;
}

int fault_guard_clear(struct fault_guard *guard)
{
	innermost = guard->outer;
	return guard->caught;
}

bool fault_catch(struct trap_frame *frame)
{
	const struct fault_guard *guard;

	if (frame->vector == VECTOR_NMI ||
	    frame->vector == VECTOR_MACHINE_CHECK)
		return false;
	guard = catch ((int)frame->vector);
	if (guard == NULL)
		return false;
	frame->rip = virt_addr_of(fault_guard_resume).value;
	frame->rdi = virt_addr_of(guard).value;
	frame->rsp = guard->rsp;
	return true;
}

void fault_catch_panic(void)
{
	const struct fault_guard *guard = catch (FAULT_PANIC);

	if (guard != NULL)
		fault_guard_resume(guard);
}
