/* SPDX-License-Identifier: MIT */
/*
 * Registers whose bits have names, in words, PURE. Any context.
 */
#ifndef ARCH_KERNEL_REPORT_BITS_H
#define ARCH_KERNEL_REPORT_BITS_H

#include <stddef.h>
#include <stdint.h>

enum {
	REPORT_BITS_BYTES = 160, /* room for any of these */
};

enum report_register {
	REPORT_RFLAGS,
	REPORT_CR0,
	REPORT_CR3, /* without PCIDs */
	REPORT_CR4,
	REPORT_EFER,
	REPORT_DR6,
	REPORT_MCG_STATUS,
	REPORT_MC_STATUS, /* of a bank of machine checks */
	REPORT_REGISTERS,
};

/* More of a text, behind what is there. It is cut where it does not fit. */
void report_append(char *text, size_t size_bytes, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/*
 * The names of the bits that are set, by the manual, with a blank between; of
 * RFLAGS and DR6 in words, with commas, "IOPL 3" last. Bits that have none are
 * "bit 22". Empty where none is set.
 */
void report_bits_describe(enum report_register which, uint64_t value,
			  char *text, size_t size_bytes);

#endif
