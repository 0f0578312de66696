/* SPDX-License-Identifier: MIT */
/*
 * The 16550 UART as a console sink: 8 data bits, no parity, 1 stop bit, FIFO
 * on (National Semiconductor PC16550D data sheet, section 8, "Registers").
 *
 * It sends by polling; what comes in is left to uart_input.c. Before it
 * writes it waits until the chip's FIFO is empty, then fills it in one go. The
 * wait is bounded: a chip that never gets ready costs one full wait, and from
 * then on one look a byte, until it is ready again.
 */
#include <arch/cpu.h>
#include <arch/io.h>
#include <kernel/compiler.h>
#include <kernel/console.h>
#include <kernel/driver.h>
#include <kernel/errno.h>
#include <kernel/log.h>
#include <kernel/util.h>

#include "uart_chip.h"
#include "uart_input.h"
#include "uart_watch.h"

enum {
	/* The bytes of a FIFO take 1.4 ms at 115200 baud and 3.2 s at 50. */
	UART_BITS_PER_BYTE = 10, /* start, 8 data, stop */
	UART_FIFO_TIME_US = UART_FIFO_BYTES * UART_BITS_PER_BYTE * 1000000LL /
			    CONFIG_UART_BAUD,
	UART_WAIT_LOOKS = 2 * UART_FIFO_TIME_US + 500000,
	/* Of 1 us or more. What entry.S wrote may be slower than our rate. */
	UART_DRAIN_LOOKS =
		UART_FIFO_TIME_US > 25000 ? 2 * UART_FIFO_TIME_US : 50000,
};

static_assert(UART_CAN_MAKE(CONFIG_UART_BAUD),
	      "the UART cannot make CONFIG_UART_BAUD: see its help");
static_assert(CONFIG_UART_PORT + UART_SCR <= UINT16_MAX,
	      "CONFIG_UART_PORT leaves no room for the registers");

static struct {
	unsigned int burst; /* bytes that an empty chip takes; 0: no chip */
	unsigned int room;  /* of these, not written yet */
	bool is_stuck;      /* the last wait was in vain */
} uart;

static bool uart_has_room(void)
{
	const uint8_t status = uart_chip_read(CONFIG_UART_PORT, UART_LSR);

	uart_watch_status(status);
	uart_input_note_status(status);
	if (!uart_input_may_send())
		return false;
	return status & UART_LSR_THRE;
}

/* Wait until the chip takes bytes again: false where it does not. */
static bool uart_wait_room(void)
{
	const uint64_t begin = cpu_cycles();
	unsigned int looks = 0;

	while (!uart_has_room()) {
		looks++;
		if (uart.is_stuck ||
		    uart_chip_is_late(begin, looks, UART_WAIT_LOOKS)) {
			uart.is_stuck = true;
			uart_watch_room(false);
			return false;
		}
	}
	uart.is_stuck = false;
	uart_watch_room(true);
	uart.room = uart.burst;
	return true;
}

static void uart_send(char c)
{
	if (uart.room == 0 && !uart_wait_room())
		return;
	uart.room--;
	uart_chip_write(CONFIG_UART_PORT, UART_THR, (uint8_t)c);
}

/* What entry.S wrote is sent before the rate is set anew and the FIFO emptied,
 * and the last word of a panic before the machine ends. A chip that never gets
 * there is set up all the same. */
static void uart_wait_sent(void)
{
	for (unsigned int i = 0; i < UART_DRAIN_LOOKS; i++) {
		if (uart_chip_read(CONFIG_UART_PORT, UART_LSR) & UART_LSR_TEMT)
			return;
		io_delay();
	}
}

static void uart16550_write(const char *text, size_t length)
{
	if (uart.burst == 0)
		return;
	for (size_t i = 0; i < length; i++) {
		if (text[i] == '\n')
			uart_send('\r');
		uart_send(text[i]);
	}
	if (IS_ENABLED(CONFIG_PANIC_ACTION) && length == 0)
		uart_wait_sent();
}

/* The terminal's part: ECMA-48 ED (erase all), then CUP (home). */
static void uart16550_clear(void)
{
	static const char sequence[] = "\033[2J\033[H";

	uart16550_write(sequence, sizeof(sequence) - 1);
}

static int uart16550_start(void)
{
	bool has_fifo;

	if (!uart_chip_is_present(CONFIG_UART_PORT))
		return -ENODEV;
	uart_wait_sent();
	uart_input_begin();
	uart_chip_set_up(CONFIG_UART_PORT, CONFIG_UART_BAUD,
			 UART_INPUT_CLEAR | UART_FCR_CLEAR_TRANSMITTER);
	has_fifo = (uart_chip_read(CONFIG_UART_PORT, UART_IIR) &
		    UART_IIR_FIFO) == UART_IIR_FIFO;
	uart.burst = has_fifo ? UART_FIFO_BYTES : 1;
	log_info("uart16550: port 0x%x, %d baud, 8N1%s", CONFIG_UART_PORT,
		 UART_REAL_BAUD(CONFIG_UART_BAUD), has_fifo ? ", FIFO" : "");
	return 0;
}

static const struct console_sink uart16550_sink = {
	.name = "serial",
	.write = uart16550_write,
	.clear = uart16550_clear,
};
CONSOLE_SINK(uart16550_sink);

DRIVER(uart16550, DRIVER_EARLY, uart16550_start);
