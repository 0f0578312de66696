/* SPDX-License-Identifier: MIT */
/*
 * What a handler of an interrupt must not do, and how it must not come back.
 */
#include <arch/cpu.h>
#include <arch/irq.h>
#include <kernel/context.h>
#include <kernel/panic.h>

static bool is_over;

void context_stop(void)
{
	is_over = true;
}

void context_need_thread(const char *what)
{
	if (!is_over && irq_in_handler())
		panic("context: %s was called in an interrupt's handler", what);
}

void context_check_restore(uint64_t flags)
{
	if (is_over)
		return;
	if (!irq_flags_are_sane(flags))
		panic("context: irq_restore() was given 0x%lx, which "
		      "irq_save() has never returned",
		      flags);
	if (irq_flags_are_on(flags))
		context_need_thread("irq_restore (to interrupts on)");
}

void context_check_handler(unsigned int line, uint64_t before, uint64_t after)
{
	if (is_over || irq_flags_are_alike(before, after))
		return;
	panic("context: the handler of IRQ %u came back with %s", line,
	      irq_flags_are_on(after) ? "interrupts on"
				      : "other flags of the CPU");
}
