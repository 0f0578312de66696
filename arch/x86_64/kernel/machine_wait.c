/* SPDX-License-Identifier: MIT */
/*
 * Waiting by the timer's chip, the 8254, whose counter 0 goes down from 65535
 * again and again (Intel 8254 data sheet, "Programming the 8254"): what it has
 * gone down by between two looks adds up. A host that holds the machine for
 * longer than the 55 ms of a round makes the wait longer, never shorter.
 */
#include <arch/cpu.h>
#include <arch/io.h>
#include <arch/machine.h>

enum {
	PIT_COUNTER_0 = 0x40,
	PIT_CONTROL = 0x43,
	PIT_LATCH_0 = 0x00,  /* hold counter 0 until it is read */
	PIT_RATE_0 = 0x34,   /* counter 0: low, then high byte; mode 2 */
	PIT_TICKS_MS = 1193, /* of 1193182 a second */
	STANDS_LOOKS = 10000,
};

/* What a CPU's counter goes up by at the most, and in any case. */
static const uint64_t cycles_ms = 2 * CPU_CYCLES_SECOND / 1000;
static const uint64_t cycles_ms_blind = CPU_CYCLES_SECOND / 2 / 1000;

static uint16_t pit_read(void)
{
	uint8_t low;

	io_write8(PIT_CONTROL, PIT_LATCH_0);
	low = io_read8(PIT_COUNTER_0);
	return (uint16_t)(low | io_read8(PIT_COUNTER_0) << 8);
}

static void pit_start(void)
{
	io_write8(PIT_CONTROL, PIT_RATE_0);
	io_write8(PIT_COUNTER_0, 0); /* 65536 */
	io_write8(PIT_COUNTER_0, 0);
}

void machine_wait_ms(uint32_t milliseconds)
{
	const uint64_t begin = cpu_cycles();
	const uint64_t wanted = (uint64_t)milliseconds * PIT_TICKS_MS;
	uint64_t passed = 0, limit = milliseconds * cycles_ms;
	unsigned int stands = 0;
	uint16_t last, now;

	pit_start();
	last = pit_read();
	while (passed < wanted && cpu_cycles() - begin < limit) {
		now = pit_read();
		passed += (uint16_t)(last - now);
		stands = now == last ? stands + 1 : 0;
		if (stands == STANDS_LOOKS)
			limit = milliseconds * cycles_ms_blind;
		last = now;
		cpu_relax();
	}
}
