/* SPDX-License-Identifier: MIT */
/*
 * A PS/2 mouse, with or without a wheel (mouse_packet.h). The handler of the
 * interrupt takes its bytes; nobody waits for it.
 */
#include "ps2_mouse.h"

#include "mouse_packet.h"

#include <arch/cpu.h>
#include <drivers/mouse.h>
#include <kernel/errno.h>
#include <kernel/log.h>
#include <kernel/time.h>
#include <kernel/util.h>

enum mouse_command {
	MOUSE_SET_RATE = 0xf3, /* then the rate */
	MOUSE_GET_ID = 0xf2,
	MOUSE_ENABLE = 0xf4,
	MOUSE_RESET = 0xff,
};

enum mouse_answer {
	MOUSE_TEST_PASSED = 0xaa,
	MOUSE_TEST_FAILED = 0xfc,
	MOUSE_ID_PLAIN = 0,
	MOUSE_ID_WHEEL = 3,
};

enum {
	/* Counts for a cell: slow enough to hit one. */
	COUNTS_COLUMN = 8,
	COUNTS_ROW = 16,
	/* A read takes half a second: the four that a mouse may take to test
	 * itself (Linux waits as long). */
	SELF_TEST_READS = 8,
	/* The bytes of a packet follow each other at once. */
	PACKET_GAP_US = 500000,
};

static struct mouse_decoder decoder;
static struct mouse_state state;
static int32_t x, y; /* in counts, within the area */
static uint32_t area_columns = 80, area_rows = 25;

static int32_t clamped(int32_t value, uint32_t cells, int32_t counts)
{
	const int32_t end = (int32_t)cells * counts;

	return value < 0 ? 0 : value >= end ? end - 1 : value;
}

static void move(int32_t right, int32_t down)
{
	x = clamped(x + right, area_columns, COUNTS_COLUMN);
	y = clamped(y + down, area_rows, COUNTS_ROW);
	state.column = (uint32_t)(x / COUNTS_COLUMN);
	state.row = (uint32_t)(y / COUNTS_ROW);
}

/* After a rest the next byte begins a packet, even where one was lost. */
static void restart_after_rest(void)
{
	static uint64_t last_us;
	const uint64_t now_us = time_uptime_us();

	if (now_us - last_us > PACKET_GAP_US)
		mouse_decoder_restart(&decoder);
	last_us = now_us;
}

void ps2_mouse_take(uint8_t byte)
{
	struct mouse_packet packet;

	if (IS_ENABLED(CONFIG_UPTIME))
		restart_after_rest();
	if (!mouse_decoder_feed(&decoder, byte, &packet))
		return;
	state.packets++;
	state.buttons = packet.buttons;
	state.wheel += packet.wheel;
	move(packet.right, packet.down);
}

void mouse_set_area(uint32_t columns, uint32_t rows)
{
	const struct irq_state irqs = irq_save();

	area_columns = columns;
	area_rows = rows;
	move(0, 0);
	irq_restore(irqs);
}

struct mouse_state mouse_state_get(void)
{
	const struct irq_state irqs = irq_save();
	struct mouse_state now = state;

	now.dropped = decoder.dropped;
	irq_restore(irqs);
	return now;
}

static int set_rate(const struct ps2_mouse_port *port, uint8_t rate)
{
	const int error = port->command(MOUSE_SET_RATE);

	return error != 0 ? error : port->command(rate);
}

/* These rates in this order are the knock at the door of the wheel. */
static int ask_for_wheel(const struct ps2_mouse_port *port)
{
	static const uint8_t rates[] = { 200, 100, 80 };
	uint8_t id = MOUSE_ID_PLAIN;
	int error = 0;

	for (size_t i = 0; i < ARRAY_SIZE(rates) && error == 0; i++)
		error = set_rate(port, rates[i]);
	if (error == 0)
		error = port->command(MOUSE_GET_ID);
	if (error == 0)
		error = port->read(&id);
	state.has_wheel = error == 0 && id == MOUSE_ID_WHEEL;
	return error;
}

static int await_self_test(const struct ps2_mouse_port *port)
{
	uint8_t result;
	int error = -EIO;

	for (unsigned int i = 0; i < SELF_TEST_READS; i++) {
		error = port->read(&result);
		if (error == 0 && result == MOUSE_TEST_PASSED)
			return 0;
		if (error == 0 && result == MOUSE_TEST_FAILED)
			return -EIO;
	}
	return error != 0 ? error : -EIO;
}

static int reset(const struct ps2_mouse_port *port)
{
	uint8_t id;
	int error = port->command(MOUSE_RESET);

	if (error == 0)
		error = await_self_test(port);
	return error != 0 ? error : port->read(&id);
}

int ps2_mouse_start(const struct ps2_mouse_port *port)
{
	int error = reset(port);

	if (error == 0)
		error = ask_for_wheel(port);
	mouse_decoder_init(&decoder, state.has_wheel ? MOUSE_PACKET_BYTES_WHEEL
						     : MOUSE_PACKET_BYTES);
	if (error == 0)
		error = port->command(MOUSE_ENABLE);
	if (error != 0) {
		log_warn("ps2_mouse: no mouse answers (error %d)", error);
		return -ENODEV;
	}
	state.is_there = true;
	log_info("ps2_mouse: a mouse%s",
		 state.has_wheel ? " with a wheel" : "");
	return 0;
}
