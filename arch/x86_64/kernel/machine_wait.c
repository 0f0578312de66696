/* SPDX-License-Identifier: MIT */
/*
 * Waiting by the timer's chip, the 8254, whose counter 0 goes down from 65535
 * again and again (Intel 8254 data sheet, "Programming the 8254"): what it has
 * gone down by between two looks adds up. A host that holds the machine for
 * longer than the 55 ms of a round makes the wait longer, never shorter.
 */
#include <arch/cpu.h>
#include <arch/machine.h>
#include <arch/pit8254.h>

enum {
	CHANNEL = 0,
	TICKS_MS = PIT_INPUT_HZ / 1000,
	STANDS_LOOKS = 10000,
};

/* What a CPU's counter goes up by at the most, and in any case. */
static const uint64_t cycles_ms = 2 * CPU_CYCLES_SECOND / 1000;
static const uint64_t cycles_ms_blind = CPU_CYCLES_SECOND / 2 / 1000;

void machine_wait_ms(uint32_t milliseconds)
{
	const uint64_t begin = cpu_cycles();
	const uint64_t wanted = (uint64_t)milliseconds * TICKS_MS;
	uint64_t passed = 0, limit = milliseconds * cycles_ms;
	unsigned int stands = 0;
	uint16_t last, now;

	pit_start(CHANNEL, PIT_MODE_RATE_GENERATOR, 0);
	last = pit_count(CHANNEL);
	while (passed < wanted && cpu_cycles() - begin < limit) {
		now = pit_count(CHANNEL);
		passed += (uint16_t)(last - now);
		stands = now == last ? stands + 1 : 0;
		if (stands == STANDS_LOOKS)
			limit = milliseconds * cycles_ms_blind;
		last = now;
		cpu_relax();
	}
}
