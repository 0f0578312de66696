/* SPDX-License-Identifier: MIT */
/*
 * What comes in by a serial line, PURE: a ring of bytes between the interrupt
 * handler and the thread, when the sender has to wait, and which characters
 * the bytes stand for.
 *
 *	|<----------------- capacity ----------------->|
 *	|  go on  |                         |  hold    |
 *	          ^ RECEIVER_SHARE of it    ^ as much is left
 *
 * A sender that is asked to wait may need a moment: it is asked before the
 * ring is full, and let go on when most of it is read.
 *
 * The handler takes bytes, the thread reads characters, without a lock: see
 * lib/ring.h. Errors of the line are noted in either.
 */
#ifndef DRIVERS_SERIAL_UART_RECEIVER_H
#define DRIVERS_SERIAL_UART_RECEIVER_H

#include <drivers/serial_input.h>
#include <lib/ring.h>

/* What a line status says besides "a byte is here". A read forgets it. */
enum uart_lsr_error {
	UART_LSR_OVERRUN = 1 << 1, /* a byte found no room and is lost */
	UART_LSR_PARITY = 1 << 2,
	UART_LSR_FRAMING = 1 << 3,
	UART_LSR_BREAK = 1 << 4,
};

enum {
	RECEIVER_SHARE = 4,
};

struct uart_receiver {
	struct ring ring;
	struct serial_errors errors;
	bool after_return; /* the reader's: a line feed now ends no line */
};

/* An empty one, of an array of at least RECEIVER_SHARE bytes, which must stay
 * as long as it is used. */
#define UART_RECEIVER(bytes_)                                              \
	{                                                                  \
		.ring = { .bytes = (bytes_), .capacity = sizeof(bytes_) }, \
	}

/* Count what a line status (UART_LSR_...) says of the line. Any context. */
void uart_receiver_note(struct uart_receiver *receiver, uint8_t status);

/* Keep a byte that came with a line status; what arrived garbled is dropped.
 * There must be room. For the handler. */
void uart_receiver_take(struct uart_receiver *receiver, uint8_t status,
			uint8_t byte);

/* Is there room for a byte? For the handler. */
bool uart_receiver_has_room(const struct uart_receiver *receiver);

/* Must the sender wait? For the handler. */
bool uart_receiver_must_hold(const struct uart_receiver *receiver);

/* May a sender that waits go on? For the thread. */
bool uart_receiver_may_go_on(const struct uart_receiver *receiver);

/*
 * The next character, or 0 where there is none. Carriage return, line feed and
 * both in this order are one '\n'; DEL is '\b'; NUL, which a break leaves and
 * telnet sends behind a carriage return, is none. For the thread.
 */
uint8_t uart_receiver_read(struct uart_receiver *receiver);

#endif
