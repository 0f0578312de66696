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

enum pit_port {
	PIT_CHANNEL2 = 0x42,
	PIT_CONTROL = 0x43,
	SPEAKER_CONTROL = 0x61,
};

enum pit_control {
	PIT_SELECT_CHANNEL2 = 2 << 6,
	PIT_LATCH = 0 << 4,
	PIT_ACCESS_LOW_HIGH = 3 << 4,
	PIT_MODE_TERMINAL_COUNT = 0 << 1,
};

enum speaker_control {
	SPEAKER_GATE = 1 << 0,
	SPEAKER_ON = 1 << 1,
	SPEAKER_PIT_OUTPUT = 1 << 5, /* high: it has counted to zero */
};

enum {
	PIT_INPUT_HZ = 1193182,
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

static uint16_t pit_count(void)
{
	uint8_t low;

	io_write8(PIT_CONTROL, PIT_SELECT_CHANNEL2 | PIT_LATCH);
	low = io_read8(PIT_CHANNEL2);
	return (uint16_t)(low | io_read8(PIT_CHANNEL2) << 8);
}

static struct pair pair_read(void)
{
	uint64_t least = UINT64_MAX;
	struct pair best = { 0 };

	for (int i = 0; i < PAIRS; i++) {
		const uint64_t before = cpu_cycles();
		const uint16_t count = pit_count();
		const uint64_t took = cpu_cycles() - before;

		if (took < least) {
			least = took;
			best = (struct pair){ before + took / 2, count };
		}
	}
	return best;
}

static void pit_start(void)
{
	const uint8_t control = io_read8(SPEAKER_CONTROL);

	io_write8(SPEAKER_CONTROL,
		  (uint8_t)((control & ~SPEAKER_ON) | SPEAKER_GATE));
	io_write8(PIT_CONTROL, PIT_SELECT_CHANNEL2 | PIT_ACCESS_LOW_HIGH |
				       PIT_MODE_TERMINAL_COUNT);
	io_write8(PIT_CHANNEL2, PIT_FIRST & 0xff);
	io_write8(PIT_CHANNEL2, PIT_FIRST >> 8);
	pit_count(); /* it takes over the number with the next of its clocks */
}

/* Wait until it has counted enough: false where it does not count. */
static bool pit_wait(uint16_t from)
{
	for (unsigned int i = 0; i < LOOKS_MAX; i++) {
		if ((uint16_t)(from - pit_count()) >= MEASURED_COUNTS)
			return true;
	}
	return false;
}

/* 0 where it did not count, or passed zero. */
static uint64_t measure(void)
{
	struct pair begin, end;

	pit_start();
	begin = pair_read();
	if (!pit_wait(begin.count))
		return 0;
	end = pair_read();
	if (io_read8(SPEAKER_CONTROL) & SPEAKER_PIT_OUTPUT)
		return 0;
	return (end.cycles - begin.cycles) * PIT_INPUT_HZ /
	       (uint16_t)(begin.count - end.count);
}

uint64_t cpu_cycles_hz(void)
{
	const uint8_t control = io_read8(SPEAKER_CONTROL);
	uint64_t hz = 0;

	for (int i = 0; i < ATTEMPTS && hz == 0; i++)
		hz = measure();
	io_write8(SPEAKER_CONTROL, control);
	return hz;
}
