/* SPDX-License-Identifier: MIT */
/*
 * What comes in by a serial line, PURE. See the header.
 */
#include "uart_receiver.h"

enum {
	CHAR_DELETE = 0x7f, /* what terminals send for Backspace */
	GARBLED = UART_LSR_PARITY | UART_LSR_FRAMING,
};

/* The thread may be interrupted in it by the handler. */
static void count(uint64_t *counter)
{
	__atomic_fetch_add(counter, 1, __ATOMIC_RELAXED);
}

/* A break has no stop bit: the chip calls it a framing error as well. */
static bool is_garbled(uint8_t status)
{
	return (status & GARBLED) && !(status & UART_LSR_BREAK);
}

void uart_receiver_note(struct uart_receiver *receiver, uint8_t status)
{
	if (status & UART_LSR_OVERRUN)
		count(&receiver->errors.overruns);
	if (status & UART_LSR_BREAK)
		count(&receiver->errors.breaks);
	if (is_garbled(status))
		count(&receiver->errors.garbled);
}

void uart_receiver_take(struct uart_receiver *receiver, uint8_t status,
			uint8_t byte)
{
	if (!is_garbled(status))
		ring_push(&receiver->ring, byte);
}

bool uart_receiver_has_room(const struct uart_receiver *receiver)
{
	return ring_room(&receiver->ring) > 0;
}

bool uart_receiver_must_hold(const struct uart_receiver *receiver)
{
	const struct ring *ring = &receiver->ring;

	return ring_room(ring) <= ring->capacity / RECEIVER_SHARE;
}

bool uart_receiver_may_go_on(const struct uart_receiver *receiver)
{
	const struct ring *ring = &receiver->ring;

	return ring_count(ring) <= ring->capacity / RECEIVER_SHARE;
}

uint8_t uart_receiver_read(struct uart_receiver *receiver)
{
	uint8_t byte;

	while (ring_pop(&receiver->ring, &byte)) {
		const bool after_return = receiver->after_return;

		receiver->after_return = byte == '\r';
		if (byte == '\0' || (byte == '\n' && after_return))
			continue;
		if (byte == '\r')
			return '\n';
		return byte == CHAR_DELETE ? '\b' : byte;
	}
	return 0;
}
