/* SPDX-License-Identifier: MIT */
/*
 * How fast the CPU's counter goes, by channel 2 of the 8254 (Intel 8254 data
 * sheet, mode 0: the output rises when the count is over; on a PC its gate and
 * its output are bits of port 0x61). It needs no interrupts, which a busy host
 * may lose; of several tries the median counts.
 */
#include <arch/cpu.h>
#include <arch/io.h>

#include "clock.h"

enum clock_port {
	PORT_CHANNEL_2 = 0x42,
	PORT_COMMAND = 0x43,
	PORT_SYSTEM = 0x61,
};

enum {
	COMMAND_CHANNEL_2_MODE_0 = 0xb0, /* low byte, then high byte */
	SYSTEM_GATE = 1 << 0,
	SYSTEM_SPEAKER = 1 << 1,
	SYSTEM_OUTPUT = 1 << 5,
};

enum {
	INPUT_HZ = 1193182,
	COUNT = 2386, /* 2 ms */
	TRIES = 15,
	WAIT_CYCLES_MAX = 1 << 28,
};

/* Cycles that pass while the channel counts; bounded, where there is none. */
static uint64_t cycles_of_count(void)
{
	const uint8_t system = io_read8(PORT_SYSTEM);
	uint64_t begin;

	io_write8(PORT_SYSTEM,
		  (uint8_t)((system & ~SYSTEM_SPEAKER) | SYSTEM_GATE));
	io_write8(PORT_COMMAND, COMMAND_CHANNEL_2_MODE_0);
	io_write8(PORT_CHANNEL_2, COUNT & 0xff);
	io_write8(PORT_CHANNEL_2, COUNT >> 8);
	begin = cpu_cycles();
	while ((io_read8(PORT_SYSTEM) & SYSTEM_OUTPUT) == 0 &&
	       cpu_cycles() - begin < WAIT_CYCLES_MAX)
		cpu_relax();
	io_write8(PORT_SYSTEM, system);
	return cpu_cycles() - begin;
}

uint64_t bench_clock_hz(void)
{
	uint64_t sorted[TRIES];

	for (size_t i = 0; i < TRIES; i++) {
		const uint64_t cycles = cycles_of_count();
		size_t at = i;

		for (; at > 0 && sorted[at - 1] > cycles; at--)
			sorted[at] = sorted[at - 1];
		sorted[at] = cycles;
	}
	return sorted[TRIES / 2] * INPUT_HZ / COUNT;
}
