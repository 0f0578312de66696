/* SPDX-License-Identifier: MIT */
/*
 * The tables of the CPU: where they are, as it says itself.
 */
#ifndef TESTS_FAULTS_TABLES_H
#define TESTS_FAULTS_TABLES_H

#include <kernel/compiler.h>
#include <kernel/types.h>

enum {
	GATE_BYTES = 16,
};

struct table_pointer {
	uint16_t limit;
	uint64_t base;
} __packed;

static inline struct table_pointer idt_pointer(void)
{
	struct table_pointer pointer;

	__asm__ volatile("sidt %0" : "=m"(pointer));
	return pointer;
}

static inline struct table_pointer gdt_pointer(void)
{
	struct table_pointer pointer;

	__asm__ volatile("sgdt %0" : "=m"(pointer));
	return pointer;
}

/* An interrupt of the timer's vector. */
static inline void interrupt(void)
{
	__asm__ volatile("int $32" : : : "memory");
}

#endif
