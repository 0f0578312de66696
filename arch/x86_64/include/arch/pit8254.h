/* SPDX-License-Identifier: MIT */
/*
 * The 8254 interval timer of the PC (Intel 8254 data sheet, "Programming the
 * 8254"): channel 0 interrupts, channel 2 is the speaker's. Each counts its
 * input down. Any context, but a number has two bytes: not from two contexts
 * at once.
 */
#ifndef ARCH_PIT8254_H
#define ARCH_PIT8254_H

#include <arch/io.h>

enum {
	PIT_INPUT_HZ = 1193182,
};

enum pit_port {
	PIT_CHANNEL0 = 0x40, /* then those of channels 1 and 2 */
	PIT_CONTROL = 0x43,
};

/* The control word, by its fields. */
enum pit_control {
	PIT_SELECT_SHIFT = 6, /* the channel's number */
	PIT_LATCH = 0 << 4,   /* hold its count until that is read */
	PIT_ACCESS_LOW_HIGH = 3 << 4,
	PIT_MODE_TERMINAL_COUNT = 0 << 1,
	PIT_MODE_RATE_GENERATOR = 2 << 1,
	PIT_MODE_SQUARE_WAVE = 3 << 1,
	PIT_COUNT_BINARY = 0 << 0,
};

/* Have a channel count down from @count, where 0 is 65536. */
static inline void pit_start(unsigned int channel, enum pit_control mode,
			     uint16_t count)
{
	const uint16_t port = (uint16_t)(PIT_CHANNEL0 + channel);

	io_write8(PIT_CONTROL,
		  (uint8_t)(channel << PIT_SELECT_SHIFT | PIT_ACCESS_LOW_HIGH |
			    mode | PIT_COUNT_BINARY));
	io_write8(port, count & 0xff);
	io_write8(port, (uint8_t)(count >> 8));
}

/* Where a channel that was started has come to. */
static inline uint16_t pit_count(unsigned int channel)
{
	const uint16_t port = (uint16_t)(PIT_CHANNEL0 + channel);
	uint8_t low;

	io_write8(PIT_CONTROL,
		  (uint8_t)(channel << PIT_SELECT_SHIFT | PIT_LATCH));
	low = io_read8(port);
	return (uint16_t)(low | io_read8(port) << 8);
}

#endif
