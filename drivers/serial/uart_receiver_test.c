/* SPDX-License-Identifier: MIT */
/*
 * Tests of what comes in by a serial line: which characters the bytes are,
 * when the sender waits, what is counted.
 */
#include "uart_receiver.h"

#include <kernel/ktest.h>

enum {
	CAPACITY = 16,
	QUARTER = CAPACITY / RECEIVER_SHARE,
};

static uint8_t bytes[CAPACITY];
static struct uart_receiver receiver;

static void uart_receiver_prepare(struct ktest *test)
{
	static const struct uart_receiver empty = UART_RECEIVER(bytes);

	(void)test;
	receiver = empty;
}

static void take(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		uart_receiver_take(&receiver, 0, (uint8_t)text[i]);
}

/* Every way to cut the bytes into reads gives the same characters. */
static void expect_characters(struct ktest *test, const char *sent,
			      size_t length, const char *wanted)
{
	for (size_t cut = 0; cut <= length; cut++) {
		const char *at = wanted;
		uint8_t c;

		take(sent, cut);
		while ((c = uart_receiver_read(&receiver)) != 0)
			KTEST_EXPECT_EQ(test, c, (uint8_t)*at++);
		take(sent + cut, length - cut);
		while ((c = uart_receiver_read(&receiver)) != 0)
			KTEST_EXPECT_EQ(test, c, (uint8_t)*at++);
		KTEST_EXPECT_EQ(test, *at, '\0');
	}
}

static void uart_receiver_has_one_enter(struct ktest *test)
{
	expect_characters(test, "a\rb", 3, "a\nb");
	expect_characters(test, "a\nb", 3, "a\nb");
	expect_characters(test, "a\r\nb", 4, "a\nb");
	expect_characters(test, "\r\r\n\n\n\r.", 7, "\n\n\n\n\n.");
}

/* A terminal's Backspace; telnet's carriage return; what is left of a break;
 * letters beyond ASCII and escape sequences pass. */
static void uart_receiver_makes_characters(struct ktest *test)
{
	expect_characters(test, "a\177\b", 3, "a\b\b");
	expect_characters(test, "a\r\0b", 4, "a\nb");
	expect_characters(test, "\0\0x", 3, "x");
	expect_characters(test, "\033[A\t\001\377", 6, "\033[A\t\001\377");
}

static void uart_receiver_counts_errors(struct ktest *test)
{
	static const uint8_t status[] = {
		UART_LSR_OVERRUN,
		UART_LSR_PARITY,
		UART_LSR_FRAMING,
		UART_LSR_PARITY | UART_LSR_FRAMING,
		UART_LSR_BREAK | UART_LSR_FRAMING,
		0x61,
	};

	for (size_t i = 0; i < sizeof(status); i++)
		uart_receiver_note(&receiver, status[i]);
	KTEST_EXPECT_EQ(test, receiver.errors.overruns, 1);
	KTEST_EXPECT_EQ(test, receiver.errors.garbled, 3);
	KTEST_EXPECT_EQ(test, receiver.errors.breaks, 1);
}

static void uart_receiver_drops_what_is_garbled(struct ktest *test)
{
	uart_receiver_take(&receiver, UART_LSR_PARITY, 'p');
	uart_receiver_take(&receiver, UART_LSR_FRAMING, 'f');
	uart_receiver_take(&receiver, UART_LSR_OVERRUN, 'o');
	uart_receiver_take(&receiver, UART_LSR_BREAK | UART_LSR_FRAMING, 0);
	uart_receiver_take(&receiver, 0, 'k');
	KTEST_EXPECT_EQ(test, uart_receiver_read(&receiver), 'o');
	KTEST_EXPECT_EQ(test, uart_receiver_read(&receiver), 'k');
	KTEST_EXPECT_EQ(test, uart_receiver_read(&receiver), 0);
}

static void uart_receiver_holds_in_time(struct ktest *test)
{
	for (size_t i = 0; i < CAPACITY; i++) {
		KTEST_EXPECT(test, uart_receiver_has_room(&receiver));
		KTEST_EXPECT_EQ(test, uart_receiver_must_hold(&receiver),
				i >= CAPACITY - QUARTER);
		uart_receiver_take(&receiver, 0, 'x');
	}
	KTEST_EXPECT(test, !uart_receiver_has_room(&receiver));
	for (size_t i = CAPACITY; i > 0; i--) {
		KTEST_EXPECT_EQ(test, uart_receiver_may_go_on(&receiver),
				i <= QUARTER);
		KTEST_EXPECT_EQ(test, uart_receiver_read(&receiver), 'x');
	}
	KTEST_EXPECT_EQ(test, uart_receiver_read(&receiver), 0);
}

static const struct ktest_case uart_receiver_cases[] = {
	KTEST_CASE(uart_receiver_has_one_enter),
	KTEST_CASE(uart_receiver_makes_characters),
	KTEST_CASE(uart_receiver_counts_errors),
	KTEST_CASE(uart_receiver_drops_what_is_garbled),
	KTEST_CASE(uart_receiver_holds_in_time),
};
KTEST_SUITE_WITH(uart_receiver, uart_receiver_cases, .parent = "serial",
		 .setup = uart_receiver_prepare);
