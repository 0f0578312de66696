/* SPDX-License-Identifier: MIT */
/*
 * The end of the road. There is no lock anywhere on the way to the console, so
 * a panic prints wherever it happens.
 */
#include <arch/cpu.h>
#include <arch/fault.h>
#include <kernel/backtrace.h>
#include <kernel/console.h>
#include <kernel/console_flush.h>
#include <kernel/context.h>
#include <kernel/kasan.h>
#include <kernel/log.h>
#include <kernel/panic.h>
#include <kernel/panic_action.h>
#include <kernel/report.h>
#include <kernel/util.h>

SET_DEFINE(panic_notifiers);

enum {
	/* A report, and as many about what broke it, or parts of it. */
	REPORTS_MAX = IS_ENABLED(CONFIG_REPORT_DETAIL) ? 16 : 4,
};

static unsigned int reports;

/* Reports that break each other are told no more; nor is what comes of it. */
static __noreturn void panic_give_up(void)
{
	static bool has_acted;

	if (IS_ENABLED(CONFIG_PANIC_ACTION) && !has_acted) {
		has_acted = true;
		panic_act(NULL);
	}
	cpu_halt_forever();
}

bool panic_enter(void)
{
	bool is_nested;

	irq_disable();
	context_stop();
	kasan_pause(); /* for good: stacks may be anything now */
	if (reports == REPORTS_MAX)
		panic_give_up();
	is_nested = reports++ != 0;
	log_panic();
	console_take_over(is_nested);
	log_show();
	return !is_nested;
}

void panic_finish(const struct panic_cause *cause)
{
	console_flush();
	SET_FOREACH(notifier, panic_notifiers)
		(*notifier)->notify(cause);
	panic_act(cause);
	console_printf("CPU halted.\n");
	console_flush();
	cpu_halt_forever();
}

void panic(const char *format, ...)
{
	const struct panic_cause cause = { .stack = virt_addr_of(&format) };
	va_list arguments;

	fault_catch_panic();
	if (IS_ENABLED(CONFIG_REPORT_DETAIL)) {
		va_start(arguments, format);
		report_panic(&cause, (uintptr_t)__builtin_frame_address(0),
			     format, arguments);
	}
	panic_enter();
	console_printf("\nKERNEL PANIC: ");
	va_start(arguments, format);
	console_vprintf(format, arguments);
	va_end(arguments);
	console_put_char('\n');
	backtrace_print_here();
	panic_finish(&cause);
}
