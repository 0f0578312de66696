/* SPDX-License-Identifier: MIT */
/*
 * Writes over an interrupt gate, and an interrupt that needs it.
 */
#include <kernel/provoke.h>

#include "access.h"
#include "tables.h"

enum {
	GATE_TIMER = 32,
	GATE_TYPE_AT = 5,
};

static uint64_t gate(void)
{
	return idt_pointer().base + GATE_TIMER * GATE_BYTES;
}

static void idt_gate_cleared(void)
{
	fill_at(gate(), 0, GATE_BYTES);
	interrupt();
}

static void idt_gate_text(void)
{
	fill_at(gate(), 'A', GATE_BYTES);
	interrupt();
}

/* Only the address: the gate is a gate, to nowhere. */
static void idt_gate_wild(void)
{
	fill_at(gate(), 'A', 2);
	fill_at(gate() + GATE_TYPE_AT + 1, 'A', 6);
	interrupt();
}

PROVOKED_FAULT(idt_gate_cleared, "the timer's gate zeroed, an interrupt",
	       idt_gate_cleared);
PROVOKED_FAULT(idt_gate_text, "the timer's gate full of text, an interrupt",
	       idt_gate_text);
PROVOKED_FAULT(idt_gate_wild, "the timer's gate to nowhere, an interrupt",
	       idt_gate_wild);
