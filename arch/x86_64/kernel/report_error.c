/* SPDX-License-Identifier: MIT */
/*
 * The error codes of exceptions (Intel SDM vol. 3: 4.7 page faults, 6.13
 * selectors, 6.15 each vector; AMD64 APM vol. 2, 8.2 for vectors 28 to 30),
 * PURE.
 */
#include "report_error.h"
#include "report_bits.h"

#include <kernel/util.h>
#include <lib/printf.h>

enum error_vector {
	ERROR_INVALID_TSS = 10,
	ERROR_NOT_PRESENT = 11,
	ERROR_STACK = 12,
	ERROR_PROTECTION = 13,
	ERROR_PAGE_FAULT = 14,
	ERROR_CONTROL_PROTECTION = 21,
	ERROR_VMM = 29,
	ERROR_SECURITY = 30,
};

/* The bits of a page fault's code that trap_report.c has no words for. */
static const struct {
	uint64_t bit;
	const char *name;
} page_bits[] = {
	{ 1 << 5, "protection key" },
	{ 1 << 6, "shadow stack" },
	{ 1 << 7, "HLAT" },
	{ 1 << 15, "SGX" },
};

enum {
	PAGE_KNOWN = 0x80ff,

	SELECTOR_EXTERNAL = 1 << 0,
	SELECTOR_IDT = 1 << 1,
	SELECTOR_LDT = 1 << 2,
	SELECTOR_INDEX_SHIFT = 3,
	SELECTOR_KNOWN = 0xffff,

	CONTROL_ENCLAVE = 1 << 15,
	CONTROL_CAUSE = 0x7fff,
};

static void describe_rest(uint64_t rest, char *text, size_t size_bytes)
{
	if (rest != 0)
		report_append(text, size_bytes, "%sunknown bits 0x%llx",
			      text[0] == '\0' ? "" : ", ",
			      (unsigned long long)rest);
}

static void describe_page(uint64_t code, char *text, size_t size_bytes)
{
	for (size_t i = 0; i < ARRAY_SIZE(page_bits); i++) {
		if (code & page_bits[i].bit)
			report_append(text, size_bytes, "%s%s",
				      text[0] == '\0' ? "" : ", ",
				      page_bits[i].name);
	}
	describe_rest(code & ~(uint64_t)PAGE_KNOWN, text, size_bytes);
}

static void describe_selector(unsigned int vector, uint64_t code, char *text,
			      size_t size_bytes)
{
	const unsigned int index =
		(unsigned int)(code & SELECTOR_KNOWN) >> SELECTOR_INDEX_SHIFT;

	if (code == 0 && vector == ERROR_PROTECTION)
		report_append(text, size_bytes,
			      "no selector: often a non-canonical address or a "
			      "bad register value");
	else if (code == 0 && vector == ERROR_STACK)
		report_append(text, size_bytes,
			      "no selector: often a non-canonical address");
	else if ((code & ~(uint64_t)SELECTOR_EXTERNAL) == 0)
		report_append(text, size_bytes, "no selector");
	else if (code & SELECTOR_IDT)
		report_append(text, size_bytes, "the gate of vector %u", index);
	else
		report_append(text, size_bytes,
			      "selector 0x%x, entry %u of the %s",
			      index << SELECTOR_INDEX_SHIFT |
				      ((unsigned int)code & SELECTOR_LDT),
			      index, code & SELECTOR_LDT ? "LDT" : "GDT");
	if (code & SELECTOR_EXTERNAL)
		report_append(text, size_bytes,
			      ", by an event external to the program");
	describe_rest(code & ~(uint64_t)SELECTOR_KNOWN, text, size_bytes);
}

static void describe_control(uint64_t code, char *text, size_t size_bytes)
{
	static const char *const causes[] = {
		NULL,
		"a near return",
		"a far return or iret",
		"a jump or call to no endbranch",
		"a bad token of rstorssp",
		"a bad token of setssbsy",
	};
	const uint64_t cause = code & CONTROL_CAUSE;

	if (cause < ARRAY_SIZE(causes) && causes[cause] != NULL)
		report_append(text, size_bytes, "%s", causes[cause]);
	else
		report_append(text, size_bytes, "unknown cause %llu",
			      (unsigned long long)cause);
	if (code & CONTROL_ENCLAVE)
		report_append(text, size_bytes, ", in an enclave");
}

void report_error_describe(unsigned int vector, uint64_t error_code, char *text,
			   size_t size_bytes)
{
	text[0] = '\0';
	switch (vector) {
	case ERROR_INVALID_TSS:
	case ERROR_NOT_PRESENT:
	case ERROR_STACK:
	case ERROR_PROTECTION:
		describe_selector(vector, error_code, text, size_bytes);
		break;
	case ERROR_PAGE_FAULT:
		describe_page(error_code, text, size_bytes);
		break;
	case ERROR_CONTROL_PROTECTION:
		describe_control(error_code, text, size_bytes);
		break;
	case ERROR_VMM:
		report_append(text, size_bytes, "exit code of the guest");
		break;
	case ERROR_SECURITY:
		report_append(text, size_bytes, "%s",
			      error_code == 1 ? "a redirected INIT"
					      : "unknown cause");
		break;
	default:
		break;
	}
}
