/* SPDX-License-Identifier: MIT */
/*
 * The names of bits (Intel SDM vol. 3: 2.3 RFLAGS, 2.5 control registers, 2.2.1
 * EFER, 17.2.3 DR6, 15.3.1.2 and 15.3.2.2 the status of machine checks), PURE.
 */
#include "report_bits.h"

#include <kernel/util.h>
#include <lib/printf.h>
#include <lib/string.h>

enum {
	REGISTER_BITS = 64,
	RFLAGS_IOPL_SHIFT = 12,
};

struct bit_names {
	const char *separator;
	uint64_t silent; /* nothing is told where it is set */
	uint64_t absent; /* of these the absence is told */
	const char *const *names;
	const char *const *absent_names;
};

static const char *const rflags_names[REGISTER_BITS] = {
	[0] = "carry",
	[2] = "parity",
	[4] = "auxiliary carry",
	[6] = "zero",
	[7] = "sign",
	[8] = "trap flag",
	[9] = "interrupts on",
	[10] = "direction flag",
	[11] = "overflow",
	[14] = "nested task",
	[16] = "resume",
	[17] = "virtual-8086 mode",
	[18] = "alignment check or access control",
	[19] = "virtual interrupt",
	[20] = "virtual interrupt pending",
	[21] = "ID",
};

static const char *const rflags_absent[REGISTER_BITS] = {
	[9] = "interrupts off",
};

static const char *const cr0_names[REGISTER_BITS] = {
	[0] = "PE",  [1] = "MP",  [2] = "EM",  [3] = "TS",
	[4] = "ET",  [5] = "NE",  [16] = "WP", [18] = "AM",
	[29] = "NW", [30] = "CD", [31] = "PG",
};

static const char *const cr3_names[REGISTER_BITS] = {
	[3] = "PWT",
	[4] = "PCD",
};

static const char *const cr4_names[REGISTER_BITS] = {
	[0] = "VME",       [1] = "PVI",         [2] = "TSD",
	[3] = "DE",        [4] = "PSE",         [5] = "PAE",
	[6] = "MCE",       [7] = "PGE",         [8] = "PCE",
	[9] = "OSFXSR",    [10] = "OSXMMEXCPT", [11] = "UMIP",
	[12] = "LA57",     [13] = "VMXE",       [14] = "SMXE",
	[16] = "FSGSBASE", [17] = "PCIDE",      [18] = "OSXSAVE",
	[19] = "KL",       [20] = "SMEP",       [21] = "SMAP",
	[22] = "PKE",      [23] = "CET",        [24] = "PKS",
};

static const char *const efer_names[REGISTER_BITS] = {
	[0] = "SCE",   [8] = "LME",    [10] = "LMA",   [11] = "NXE",
	[12] = "SVME", [13] = "LMSLE", [14] = "FFXSR", [15] = "TCE",
};

static const char *const dr6_names[REGISTER_BITS] = {
	[0] = "breakpoint 0",           [1] = "breakpoint 1",
	[2] = "breakpoint 2",           [3] = "breakpoint 3",
	[13] = "debug register access", [14] = "single step",
	[15] = "task switch",
};

static const char *const dr6_absent[REGISTER_BITS] = {
	[11] = "bus lock",
	[16] = "transaction",
};

static const char *const mcg_status_names[REGISTER_BITS] = {
	[0] = "RIPV",
	[1] = "EIPV",
	[2] = "MCIP",
	[3] = "LMCE_S",
};

static const char *const mc_status_names[REGISTER_BITS] = {
	[57] = "PCC", [58] = "ADDRV", [59] = "MISCV", [60] = "EN",
	[61] = "UC",  [62] = "OVER",  [63] = "VAL",
};

#define BIT(number) (1UL << (number))
#define RFLAGS_IOPL (3UL << RFLAGS_IOPL_SHIFT)

/* Of RFLAGS bit 1 is always set, and IOPL is a number; CR3 has an address; DR6
 * has ones where nothing is, and zeros for a bus lock and a transaction; a
 * bank's status has codes below its flags. */
static const struct bit_names registers[REPORT_REGISTERS] = {
	[REPORT_RFLAGS] = { ", ", BIT(1) | RFLAGS_IOPL, BIT(9), rflags_names,
			    rflags_absent },
	[REPORT_CR0] = { " ", 0, 0, cr0_names, NULL },
	[REPORT_CR3] = { " ", 0x000ffffffffff000UL, 0, cr3_names, NULL },
	[REPORT_CR4] = { " ", 0, 0, cr4_names, NULL },
	[REPORT_EFER] = { " ", 0, 0, efer_names, NULL },
	[REPORT_DR6] = { ", ", 0xffff0ff0UL, BIT(11) | BIT(16), dr6_names,
			 dr6_absent },
	[REPORT_MCG_STATUS] = { " ", 0, 0, mcg_status_names, NULL },
	[REPORT_MC_STATUS] = { " ", BIT(57) - 1, 0, mc_status_names, NULL },
};

void report_append(char *text, size_t size_bytes, const char *format, ...)
{
	const size_t used = strlen(text);
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text + used, size_bytes - used, format, arguments);
	va_end(arguments);
}

void report_bits_describe(enum report_register which, uint64_t value,
			  char *text, size_t size_bytes)
{
	const struct bit_names *const bits = &registers[which];
	/* Those that are told. */
	const uint64_t told = (value & ~bits->silent) | (~value & bits->absent);
	const char *separator = "";

	text[0] = '\0';
	for (unsigned int i = 0; i < REGISTER_BITS; i++) {
		const char *const *names =
			value & BIT(i) ? bits->names : bits->absent_names;

		if ((told & BIT(i)) == 0)
			continue;
		if (names[i] != NULL)
			report_append(text, size_bytes, "%s%s", separator,
				      names[i]);
		else
			report_append(text, size_bytes, "%sbit %u", separator,
				      i);
		separator = bits->separator;
	}
	if (which == REPORT_RFLAGS && (value & RFLAGS_IOPL) != 0)
		report_append(text, size_bytes, "%sIOPL %u", separator,
			      (unsigned int)((value & RFLAGS_IOPL) >>
					     RFLAGS_IOPL_SHIFT));
}
