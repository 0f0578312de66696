/* SPDX-License-Identifier: MIT */
/*
 * Writes over an interrupt gate, and an interrupt that needs it.
 */
#include <kernel/provoke.h>

#include "access.h"

enum {
	GATE_BYTES = 16,
	GATE_TIMER = 32,
	GATE_TYPE_AT = 5,
};

struct table_pointer {
	uint16_t limit;
	uint64_t base;
} __packed;

static uint64_t idt_base(void)
{
	struct table_pointer pointer;

	__asm__ volatile("sidt %0" : "=m"(pointer));
	return pointer.base;
}

static void interrupt(void)
{
	__asm__ volatile("int $32" : : : "memory");
}

static void idt_gate_cleared(void)
{
	fill_at(idt_base() + GATE_TIMER * GATE_BYTES, 0, GATE_BYTES);
	interrupt();
}

static void idt_gate_text(void)
{
	fill_at(idt_base() + GATE_TIMER * GATE_BYTES, 'A', GATE_BYTES);
	interrupt();
}

/* Only the address: the gate is a gate, to nowhere. */
static void idt_gate_wild(void)
{
	fill_at(idt_base() + GATE_TIMER * GATE_BYTES, 'A', 2);
	fill_at(idt_base() + GATE_TIMER * GATE_BYTES + GATE_TYPE_AT + 1, 'A',
		6);
	interrupt();
}

PROVOKED_FAULT(idt_gate_cleared, "the timer's gate zeroed, an interrupt",
	       idt_gate_cleared);
PROVOKED_FAULT(idt_gate_text, "the timer's gate full of text, an interrupt",
	       idt_gate_text);
PROVOKED_FAULT(idt_gate_wild, "the timer's gate to nowhere, an interrupt",
	       idt_gate_wild);
