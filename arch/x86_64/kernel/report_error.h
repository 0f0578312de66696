/* SPDX-License-Identifier: MIT */
/*
 * The error codes of exceptions in words, PURE. Any context.
 */
#ifndef ARCH_KERNEL_REPORT_ERROR_H
#define ARCH_KERNEL_REPORT_ERROR_H

#include <stddef.h>
#include <stdint.h>

enum {
	REPORT_ERROR_BYTES = 160, /* room for any of these */
};

/*
 * What an exception's error code says: "entry 3 of the GDT" of a selector, "the
 * gate of vector 32" of the IDT, "protection key" of a page fault, of which the
 * report's first lines tell the common bits. Empty where there is nothing to
 * tell. It is cut where it does not fit.
 */
void report_error_describe(unsigned int vector, uint64_t error_code, char *text,
			   size_t size_bytes);

#endif
