/* SPDX-License-Identifier: MIT */
/*
 * The interrupt descriptor table and the handlers of the device lines.
 * Gate layout: Intel SDM vol. 3, 6.14.1.
 *
 * The lines come from the PIC alone. The CPU's local APIC is switched off: some
 * firmware leaves it on, with a spurious vector that is not ours. Without it
 * the PIC's output reaches the CPU directly (vol. 3, 11.4.3). In QEMU it does
 * so only where the APIC's input for it had been left open, as a PC's firmware
 * does and that of a microvm does not: for loaders with such a firmware it is
 * opened first.
 */
#include <arch/cpu.h>
#include <arch/irq.h>
#include <arch/paging.h>
#include <kernel/context.h>
#include <kernel/errno.h>
#include <kernel/log.h>
#include <kernel/util.h>

#include "cpuid.h"
#include "exception_stacks.h"
#include "irq_context.h"
#include "irq_count.h"
#include "layout.h"
#include "msr.h"
#include "pic.h"
#include "protect_tables.h"
#include "trap.h"

enum {
	GATE_INTERRUPT = 0x8e, /* present, ring 0, interrupts off on entry */
	GATES = 256,
	MSR_APIC_BASE = 0x1b,
	APIC_BASE_X2 = 1 << 10, /* its registers are not in memory */
	APIC_BASE_ENABLE = 1 << 11,
};

/* Registers of the local APIC in memory (vol. 3, 11.4.1, 11.5.1). */
enum apic_register {
	APIC_SPURIOUS = 0xf0,
	APIC_LINT0 = 0x350,
};

enum {
	APIC_SPURIOUS_ENABLE = 1 << 8, /* else LINT0 cannot be opened */
	APIC_LINT0_EXTINT = 7 << 8,    /* open; the PIC gives the vector */
};

/* Where they are, in APIC_BASE. */
static const uint64_t apic_base_address = 0xffffff000;

struct gate {
	uint16_t offset_low;
	uint16_t selector;
	uint8_t ist;
	uint8_t type;
	uint16_t offset_middle;
	uint32_t offset_high;
	uint32_t reserved;
};

static_assert(sizeof(struct gate) == 16, "the CPU fixes the gate's size");

struct idt_pointer {
	uint16_t limit;
	uint64_t base;
} __packed;

static struct gate idt[GATES] __protected_data;
void (*irq_handlers[IRQ_LINES])(void);

static void gate_set(struct gate *gate, const uint8_t *entry, uint8_t ist)
{
	const uint64_t address = virt_addr_of(entry).value;

	gate->offset_low = (uint16_t)address;
	gate->offset_middle = (uint16_t)(address >> 16);
	gate->offset_high = (uint32_t)(address >> 32);
	gate->selector = SELECTOR_CODE;
	gate->ist = ist;
	gate->type = GATE_INTERRUPT;
}

/* Through the provisional tables, which map devices as well as RAM. */
static void local_apic_open_lint0(uint64_t base)
{
	volatile uint8_t *registers =
		phys_to_virt(phys_addr(base & apic_base_address));

	if ((base & APIC_BASE_X2) || (base & apic_base_address) >> 32 != 0)
		return;
	*(volatile uint32_t *)(registers + APIC_SPURIOUS) |=
		APIC_SPURIOUS_ENABLE;
	*(volatile uint32_t *)(registers + APIC_LINT0) = APIC_LINT0_EXTINT;
}

static void local_apic_disable(void)
{
	const uint64_t base = cpu_features(CPUID_FEATURES) & CPUID_EDX_APIC
				      ? cpu_read_msr(MSR_APIC_BASE)
				      : 0;

	if (!(base & APIC_BASE_ENABLE))
		return;
	if (IS_ENABLED(CONFIG_BOOT_PVH))
		local_apic_open_lint0(base);
	cpu_write_msr(MSR_APIC_BASE, base & ~(uint64_t)APIC_BASE_ENABLE);
}

void irq_init(void)
{
	const struct idt_pointer pointer = { sizeof(idt) - 1,
					     virt_addr_of(idt).value };

	for (size_t i = 0; i < VECTOR_COUNT; i++)
		gate_set(&idt[i], trap_entries + i * VECTOR_ENTRY_BYTES,
			 i == VECTOR_DOUBLE_FAULT
				 ? IST_DOUBLE_FAULT
				 : exception_stack_of((unsigned int)i));
	for (size_t i = VECTOR_COUNT; i < GATES; i++)
		gate_set(&idt[i], trap_ignore, 0);
	__asm__ volatile("lidt %0" : : "m"(pointer));
	local_apic_disable();
	pic_init();
	log_info("irq: IDT loaded, PIC at vectors %d to %d, all lines masked",
		 VECTOR_IRQ_BASE, VECTOR_COUNT - 1);
}

int irq_register(enum irq_line line, void (*handler)(void))
{
	const struct irq_state state = irq_save();
	int result = 0;

	if ((unsigned int)line >= IRQ_LINES)
		result = -EINVAL;
	else if (irq_handlers[line] != NULL)
		result = -EEXIST;
	if (result == 0) {
		irq_handlers[line] = handler;
		pic_unmask(line);
	}
	irq_restore(state);
	return result;
}

void irq_call_handler(unsigned int line)
{
	const uint64_t before =
		IS_ENABLED(CONFIG_CHECK_CONTEXT) ? irq_save().flags : 0;

	irq_context_enter();
	if (irq_handlers[line] != NULL)
		irq_handlers[line]();
	if (IS_ENABLED(CONFIG_CHECK_CONTEXT))
		context_check_handler(line, before, irq_save().flags);
	irq_context_leave();
}
