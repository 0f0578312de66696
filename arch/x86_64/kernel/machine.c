/* SPDX-License-Identifier: MIT */
/*
 * How a PC is started anew and switched off.
 */
#include <arch/cpu.h>
#include <arch/i8042.h>
#include <arch/io.h>
#include <arch/machine.h>
#include <kernel/util.h>

#include "cpuid.h"

/* Intel ICH9 data sheet, 13.7.5, "Reset Control". */
enum {
	RESET_CONTROL = 0xcf9,
	RESET_SYSTEM = 1 << 1, /* all of it, not the CPU alone */
	RESET_NOW = 1 << 2,    /* when it goes from 0 to 1 */
};

enum {
	I8042_LOOKS = 20000,
	TAKES_US = 50000,     /* the machine, to do what it is told */
	HELD_UP_US = 1000000, /* a virtual one whose host is busy */
};

static void delay_us(unsigned int microseconds)
{
	while (microseconds-- != 0)
		io_delay();
}

static void reset_by_keyboard_controller(void)
{
	for (unsigned int i = 0; i < I8042_LOOKS; i++) {
		if ((io_read8(I8042_STATUS) & I8042_STATUS_INPUT_FULL) == 0)
			break;
		io_delay();
	}
	io_write8(I8042_COMMAND, I8042_PULSE_RESET);
	delay_us(TAKES_US);
}

static void reset_by_chipset(void)
{
	io_write8(RESET_CONTROL, RESET_SYSTEM);
	io_delay();
	io_write8(RESET_CONTROL, RESET_SYSTEM | RESET_NOW);
	delay_us(TAKES_US);
}

/* Without an IDT an exception is a double fault, and that a third: the CPU
 * stops, and the machine resets it (Intel SDM vol. 3, 6.15, vector 8). */
static void reset_by_triple_fault(void)
{
	static const struct {
		uint16_t limit;
		uint64_t base;
	} __packed none;

	__asm__ volatile("lidt %0\n\tint3" : : "m"(none) : "memory");
}

void machine_reboot(void)
{
	irq_disable();
	reset_by_keyboard_controller();
	reset_by_chipset();
	reset_by_triple_fault();
	cpu_halt_forever();
}

/* What a PC has at these ports nobody knows, so only virtual ones are asked. */
void machine_power_off(void)
{
	/* The PM1a control register: "sleep", and the type of "off". */
	static const struct {
		uint16_t port, value;
	} ways[] = {
		{ 0x604, 0x2000 },  /* QEMU */
		{ 0xb004, 0x2000 }, /* old QEMU */
		{ 0x4004, 0x3400 }, /* VirtualBox */
	};

	if ((cpu_id(CPUID_FEATURES).ecx & CPUID_ECX_HYPERVISOR) == 0)
		return;
	for (size_t i = 0; i < ARRAY_SIZE(ways); i++) {
		io_write16(ways[i].port, ways[i].value);
		delay_us(TAKES_US);
	}
	delay_us(HELD_UP_US);
}
