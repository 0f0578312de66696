/* SPDX-License-Identifier: MIT */
/*
 * The rate of the time stamp counter, measured against channel 2 of the 8254,
 * which counts the 1193182 Hz of its input down while its gate is open, whether
 * the speaker is on or not (Intel 8254 data sheet, "Mode 0"; the gate is bit 0
 * of port 0x61).
 *
 * A pair of both counters is read three times, and the one that took least
 * counts, for an emulator's host may come in between, or a system management
 * interrupt. Where the CPU stood still so long that the counter passed zero,
 * which its output tells, the measurement is made anew.
 */
#include <arch/cpu.h>
#include <arch/io.h>
#include <arch/pit8254.h>

#include "port_b.h"

enum {
	CHANNEL = 2,
	PIT_FIRST = 0xffff,
	MEASURED_COUNTS = PIT_INPUT_HZ / 200, /* 5 ms */
	PAIRS = 3,
	ATTEMPTS = 4,
	LOOKS_MAX = 20000, /* of 3 us or more where the bus is a real one */
};

/* Both counters, as near to one moment as can be. */
struct pair {
	uint64_t cycles;
	uint16_t count;
};

static struct pair pair_read(void)
{
	uint64_t least = UINT64_MAX;
	struct pair best = { 0 };

	for (int i = 0; i < PAIRS; i++) {
		const uint64_t before = cpu_cycles();
		const uint16_t count = pit_count(CHANNEL);
		const uint64_t took = cpu_cycles() - before;

		if (took < least) {
			least = took;
			best = (struct pair){ before + took / 2, count };
		}
	}
	return best;
}

static void start(void)
{
	const uint8_t control = io_read8(PORT_B);

	io_write8(PORT_B, (uint8_t)((control & ~PORT_B_SPEAKER) | PORT_B_GATE));
	pit_start(CHANNEL, PIT_MODE_TERMINAL_COUNT, PIT_FIRST);
	/* It takes over the number with the next of its clocks. */
	pit_count(CHANNEL);
}

/* Wait until it has counted enough: false where it does not count. */
static bool wait(uint16_t from)
{
	for (unsigned int i = 0; i < LOOKS_MAX; i++) {
		if ((uint16_t)(from - pit_count(CHANNEL)) >= MEASURED_COUNTS)
			return true;
	}
	return false;
}

/* 0 where it did not count, or passed zero. */
static uint64_t measure(void)
{
	struct pair begin, end;

	start();
	begin = pair_read();
	if (!wait(begin.count))
		return 0;
	end = pair_read();
	if (io_read8(PORT_B) & PORT_B_PIT_OUTPUT)
		return 0;
	return (end.cycles - begin.cycles) * PIT_INPUT_HZ /
	       (uint16_t)(begin.count - end.count);
}

uint64_t cpu_cycles_hz(void)
{
	const uint8_t control = io_read8(PORT_B);
	uint64_t hz = 0;

	for (int i = 0; i < ATTEMPTS && hz == 0; i++)
		hz = measure();
	io_write8(PORT_B, control);
	return hz;
}
