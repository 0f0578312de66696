/* SPDX-License-Identifier: MIT */
/*
 * What a full report says of the CPU: flags in words, control registers,
 * segments, and what the registers of some exceptions tell.
 */
#include "report_machine.h"

#include <arch/io.h>
#include <kernel/console.h>
#include <kernel/symbols.h>
#include <kernel/util.h>

#include "control.h"
#include "cpuid.h"
#include "msr.h"
#include "port_b.h"
#include "report_bits.h"
#include "report_error.h"
#include "report_region.h"

/* Intel SDM vol. 3, 15.3.1 and 15.3.2: from the first bank on, 4 registers
 * each. A status has the MCA error code in its lowest bits (15.9). */
enum {
	MSR_MCG_CAP = 0x179,
	MCG_CAP_BANKS = 0xff,
	MSR_MCG_STATUS = 0x17a,
	MSR_MC0_STATUS = 0x401,
	MSR_MC0_ADDRESS = 0x402,
	MSR_MC0_MISC = 0x403,
	MSR_MC_STEP = 4,
	BANKS_MAX = 32,
	MC_STATUS_CODE = 0xffff,
};

#define MC_STATUS_VALID   (1UL << 63)
#define MC_STATUS_MISC    (1UL << 59)
#define MC_STATUS_ADDRESS (1UL << 58)

#define MSR_FS_BASE       0xc0000100
#define MSR_GS_BASE       0xc0000101

struct table_pointer {
	uint16_t limit;
	uint64_t base;
} __packed;

void report_error(const void *subject)
{
	const struct trap_event *const event = subject;
	char text[REPORT_ERROR_BYTES];

	report_error_describe((unsigned int)event->frame.vector,
			      event->frame.error_code, text, sizeof(text));
	if (text[0] != '\0')
		console_printf("error code: %s\n", text);
}

static void print_bits(const char *name, enum report_register which,
		       uint64_t value)
{
	char text[REPORT_BITS_BYTES];

	report_bits_describe(which, value, text, sizeof(text));
	console_printf("%s=%016lx%s%s\n", name, value,
		       text[0] == '\0' ? "" : ": ", text);
}

static void reason_of_debug(void)
{
	char text[REPORT_BITS_BYTES];
	uint64_t dr6, at[4];

	__asm__ volatile("movq %%dr6, %0" : "=r"(dr6));
	__asm__ volatile("movq %%dr0, %0" : "=r"(at[0]));
	__asm__ volatile("movq %%dr1, %0" : "=r"(at[1]));
	__asm__ volatile("movq %%dr2, %0" : "=r"(at[2]));
	__asm__ volatile("movq %%dr3, %0" : "=r"(at[3]));
	report_bits_describe(REPORT_DR6, dr6, text, sizeof(text));
	console_printf("DR6=%08lx: %s\n", dr6,
		       text[0] == '\0' ? "nothing that has a name" : text);
	for (unsigned int i = 0; i < ARRAY_SIZE(at); i++) {
		if (dr6 >> i & 1)
			console_printf("breakpoint %u is at %016lx\n", i,
				       at[i]);
	}
}

static void reason_of_nmi(void)
{
	const uint8_t port_b = io_read8(PORT_B);
	const char *reason = "unknown";

	if (port_b & PORT_B_PARITY)
		reason = "memory parity or a system error of the bus";
	else if (port_b & PORT_B_CHANNEL)
		reason = "an I/O channel check";
	console_printf("reason: %s (port 0x61 is 0x%02x)\n", reason, port_b);
}

static void report_bank(unsigned int bank)
{
	const uint32_t step = MSR_MC_STEP * bank;
	const uint64_t status = cpu_read_msr(MSR_MC0_STATUS + step);
	char text[REPORT_BITS_BYTES];

	if ((status & MC_STATUS_VALID) == 0)
		return;
	report_bits_describe(REPORT_MC_STATUS, status, text, sizeof(text));
	console_printf("bank %u: status %016lx: %s, MCA error code 0x%04lx\n",
		       bank, status, text, status & MC_STATUS_CODE);
	if (status & MC_STATUS_ADDRESS)
		console_printf("bank %u: address %016lx\n", bank,
			       cpu_read_msr(MSR_MC0_ADDRESS + step));
	if (status & MC_STATUS_MISC)
		console_printf("bank %u: misc %016lx\n", bank,
			       cpu_read_msr(MSR_MC0_MISC + step));
}

static void reason_of_machine_check(void)
{
	const bool has_banks =
		(cpu_features(CPUID_FEATURES) & CPUID_EDX_MCA) != 0;
	const uint64_t banks =
		has_banks ? cpu_read_msr(MSR_MCG_CAP) & MCG_CAP_BANKS : 0;

	if (has_banks)
		print_bits("MCG_STATUS", REPORT_MCG_STATUS,
			   cpu_read_msr(MSR_MCG_STATUS));
	for (unsigned int bank = 0; bank < banks && bank < BANKS_MAX; bank++)
		report_bank(bank);
}

void report_reason(const void *subject)
{
	const struct trap_event *const event = subject;
	if (event->frame.vector == VECTOR_DEBUG)
		reason_of_debug();
	else if (event->frame.vector == VECTOR_NMI)
		reason_of_nmi();
	else if (event->frame.vector == VECTOR_MACHINE_CHECK)
		reason_of_machine_check();
}

static void print_place(const char *name, uint64_t address, uint64_t rsp)
{
	char text[REGION_TEXT_BYTES];

	report_region_describe(address, rsp, text, sizeof(text));
	console_printf("%s: %s\n", name, text);
}

static void print_rip(uint64_t rip, uint64_t rsp)
{
	char function[SYMBOL_TEXT_BYTES], text[REGION_TEXT_BYTES];
	const bool is_known = symbol_describe(rip, function, sizeof(function));

	report_region_describe(rip, rsp, text, sizeof(text));
	console_printf("RIP: %s%s%s\n", is_known ? function : "",
		       is_known ? ", " : "", text);
}

void report_places(const void *subject)
{
	const struct trap_event *const event = subject;
	const uint64_t rsp = event->frame.rsp;
	char text[REPORT_BITS_BYTES];

	report_bits_describe(REPORT_RFLAGS, event->frame.rflags, text,
			     sizeof(text));
	console_printf("RFLAGS: %s\n", text);
	print_rip(event->frame.rip, rsp);
	print_place("RSP", rsp, rsp);
	if (event->frame.vector == VECTOR_PAGE_FAULT)
		print_place("CR2", event->cr2, rsp);
}

static void print_segments(void)
{
	struct table_pointer gdt, idt;
	uint16_t ds, es, fs, gs, tr, ldt;

	__asm__ volatile("movw %%ds, %0" : "=r"(ds));
	__asm__ volatile("movw %%es, %0" : "=r"(es));
	__asm__ volatile("movw %%fs, %0" : "=r"(fs));
	__asm__ volatile("movw %%gs, %0" : "=r"(gs));
	__asm__ volatile("str %0" : "=r"(tr));
	__asm__ volatile("sldt %0" : "=r"(ldt));
	__asm__ volatile("sgdt %0" : "=m"(gdt));
	__asm__ volatile("sidt %0" : "=m"(idt));
	console_printf("DS=%04x ES=%04x FS=%04x GS=%04x TR=%04x LDT=%04x\n", ds,
		       es, fs, gs, tr, ldt);
	console_printf("FS base=%016lx GS base=%016lx\n",
		       cpu_read_msr(MSR_FS_BASE), cpu_read_msr(MSR_GS_BASE));
	console_printf("GDT=%016lx+%04x IDT=%016lx+%04x\n", gdt.base, gdt.limit,
		       idt.base, idt.limit);
}

void report_control(const void *subject)
{
	(void)subject;
	print_bits("CR0", REPORT_CR0, cr0_read());
	print_bits("CR3", REPORT_CR3, cr3_read());
	print_bits("CR4", REPORT_CR4, cr4_read());
	print_bits("EFER", REPORT_EFER, cpu_read_msr(MSR_EFER));
	print_segments();
}
