/* SPDX-License-Identifier: MIT */
/*
 * What an exception says: its name, its error code in words, the registers.
 * Names and error codes: Intel SDM vol. 3, 6.15 and 6.13, 4.7.
 */
#include <kernel/area.h>
#include <kernel/backtrace.h>
#include <kernel/console.h>
#include <kernel/report.h>
#include <kernel/symbols.h>
#include <kernel/util.h>
#include <lib/printf.h>

#include "layout.h"
#include "report_machine.h"
#include "trap.h"

enum page_fault_error {
	PAGE_FAULT_PRESENT = 1 << 0,
	PAGE_FAULT_WRITE = 1 << 1,
	PAGE_FAULT_USER = 1 << 2,
	PAGE_FAULT_RESERVED = 1 << 3,
	PAGE_FAULT_FETCH = 1 << 4,
};

/* "" stands for a number that Intel has reserved. */
static const char *const trap_names[VECTOR_EXCEPTIONS] = {
	"divide error",
	"debug",
	"non-maskable interrupt",
	"breakpoint",
	"overflow",
	"bound range exceeded",
	"invalid opcode",
	"device not available",
	"double fault",
	"coprocessor segment overrun",
	"invalid TSS",
	"segment not present",
	"stack-segment fault",
	"general protection",
	"page fault",
	"",
	"x87 floating-point error",
	"alignment check",
	"machine check",
	"SIMD floating-point error",
	"virtualization",
	"control protection",
	[28] = "hypervisor injection",
	[29] = "VMM communication",
	[30] = "security",
};

const char *trap_name(uint64_t vector)
{
	if (vector >= ARRAY_SIZE(trap_names) || trap_names[vector] == NULL ||
	    trap_names[vector][0] == '\0')
		return "reserved exception";
	return trap_names[vector];
}

static const char *page_fault_action(uint64_t error_code)
{
	if (error_code & PAGE_FAULT_FETCH)
		return "instruction fetch from";
	return error_code & PAGE_FAULT_WRITE ? "write to" : "read from";
}

static void report_page_fault(uint64_t error_code, uint64_t address)
{
	const char *why = "a page that is not present";

	if (error_code & PAGE_FAULT_RESERVED)
		why = "a page whose entry has reserved bits set";
	else if (error_code & PAGE_FAULT_PRESENT)
		why = "a page that forbids it";
	console_printf("%s 0x%016lx, %s, in %s mode\n",
		       page_fault_action(error_code), address, why,
		       error_code & PAGE_FAULT_USER ? "user" : "kernel");
}

/* A double fault may come from a page fault that could not be delivered, as on
 * a stack that has overflowed: then CR2 has its address. Otherwise CR2 is an
 * old one's. */
static bool describe_area(const struct trap_frame *frame, uint64_t cr2,
			  char *text, size_t size_bytes)
{
	if (frame->vector != VECTOR_PAGE_FAULT &&
	    (frame->vector != VECTOR_DOUBLE_FAULT ||
	     !area_has_overflowed(&kernel_areas, cr2, frame->rsp)))
		return false;
	return area_describe(&kernel_areas, cr2, frame->rsp, text, size_bytes);
}

/* A list of areas that faults is not looked at again: there would be no end,
 * as each fault has such a line. */
void trap_report_area(const struct trap_frame *frame, uint64_t cr2)
{
	static bool is_looking;
	char text[AREA_TEXT_BYTES];
	bool is_found;

	if (is_looking)
		return;
	is_looking = true;
	is_found = describe_area(frame, cr2, text, sizeof(text));
	is_looking = false;
	if (is_found)
		console_printf("%s\n", text);
}

static void report_registers(const struct trap_frame *frame, uint64_t cr2)
{
	console_printf("RIP=%016lx CS=%04lx RFLAGS=%016lx\n", frame->rip,
		       frame->cs, frame->rflags);
	console_printf("RSP=%016lx SS=%04lx CR2=%016lx\n", frame->rsp,
		       frame->ss, cr2);
	console_printf("RAX=%016lx RBX=%016lx RCX=%016lx\n", frame->rax,
		       frame->rbx, frame->rcx);
	console_printf("RDX=%016lx RSI=%016lx RDI=%016lx\n", frame->rdx,
		       frame->rsi, frame->rdi);
	console_printf("RBP=%016lx R8 =%016lx R9 =%016lx\n", frame->rbp,
		       frame->r8, frame->r9);
	console_printf("R10=%016lx R11=%016lx R12=%016lx\n", frame->r10,
		       frame->r11, frame->r12);
	console_printf("R13=%016lx R14=%016lx R15=%016lx\n", frame->r13,
		       frame->r14, frame->r15);
}

/* Nothing without SYMBOLS. */
static void report_function(uint64_t rip)
{
	char text[SYMBOL_TEXT_BYTES];

	if (IS_ENABLED(CONFIG_SYMBOLS) &&
	    symbol_describe(rip, text, sizeof(text)))
		console_printf("RIP: %s\n", text);
}

static void report_name(const struct trap_frame *frame)
{
	const bool is_panic = frame->vector == VECTOR_DOUBLE_FAULT;

	console_printf("\n%s: %s (vector %lu)",
		       is_panic ? "KERNEL PANIC" : "EXCEPTION",
		       trap_name(frame->vector), frame->vector);
	if (ERROR_CODE_VECTORS >> frame->vector & 1)
		console_printf(", error code 0x%lx", frame->error_code);
	console_put_char('\n');
}

static void tell_fault(const void *subject)
{
	const struct trap_event *const event = subject;

	report_name(&event->frame);
	if (event->frame.vector == VECTOR_PAGE_FAULT)
		report_page_fault(event->frame.error_code, event->cr2);
}

static void tell_area(const void *subject)
{
	const struct trap_event *const event = subject;

	trap_report_area(&event->frame, event->cr2);
}

static void tell_registers(const void *subject)
{
	const struct trap_event *const event = subject;

	report_registers(&event->frame, event->cr2);
}

static void tell_callers(const void *subject)
{
	const struct trap_event *const event = subject;

	backtrace_print_interrupted(event->frame.rip, event->frame.rsp,
				    event->frame.rbp);
}

/* What may fault itself comes behind what must be told. */
static const report_part_fn parts[] = {
	tell_fault,    tell_area,   report_error, report_reason, tell_registers,
	report_places, report_code, report_walk,  tell_callers,  report_control,
};

/* A fatal one may have to go on after a fault of its own: trap.c tells it. */
static void trap_report_detail(const struct trap_frame *frame, uint64_t cr2,
			       bool is_fatal)
{
	static struct trap_event fatal;
	static const struct report report = { parts, ARRAY_SIZE(parts),
					      &fatal };
	const struct trap_event event = { *frame, cr2 };

	if (is_fatal) {
		fatal = event;
		report_begin(&report);
		return;
	}
	for (size_t i = 0; i < ARRAY_SIZE(parts); i++)
		parts[i](&event);
}

void trap_report(const struct trap_frame *frame, uint64_t cr2, bool is_fatal)
{
	if (IS_ENABLED(CONFIG_REPORT_DETAIL)) {
		trap_report_detail(frame, cr2, is_fatal);
	} else {
		report_name(frame);
		if (frame->vector == VECTOR_PAGE_FAULT)
			report_page_fault(frame->error_code, cr2);
		trap_report_area(frame, cr2);
		report_registers(frame, cr2);
		report_function(frame->rip);
		backtrace_print_interrupted(frame->rip, frame->rsp, frame->rbp);
	}
	if (!is_fatal)
		console_printf("The kernel continues.\n");
}
