/* SPDX-License-Identifier: MIT */
/*
 * The 16550 UART as a source of characters (National Semiconductor PC16550D
 * data sheet, section 8, "Registers"). uart16550.c has set the chip up.
 *
 * The interrupt handler moves bytes from the chip into a ring; poll(), in the
 * thread, makes characters of them. Nothing is dropped here: when the ring is
 * full the handler leaves the bytes in the chip and masks the interrupt, and
 * poll() goes on when most of the ring is read. QEMU holds its side meanwhile.
 * A real line needs UART_FLOW_CONTROL: RTS falls before the ring is full.
 *
 * The interrupt's line goes up when a byte lies there and down when none does,
 * and the interrupt controller takes note of the way up only. So whatever
 * leaves bytes in the chip lets the line down in the chip's own mask, and what
 * lay there before the line was ours is read when the handler is in place.
 * Where no interrupt comes at all, poll() finds the bytes itself, at each tick
 * of the timer.
 */
#include "uart_input.h"

#include <arch/cpu.h>
#include <arch/io.h>
#include <arch/irq.h>
#include <arch/irq_stats.h>
#include <drivers/serial_input.h>
#include <kernel/driver.h>
#include <kernel/errno.h>
#include <kernel/input.h>
#include <kernel/log.h>
#include <kernel/util.h>

#include "uart_chip.h"
#include "uart_receiver.h"

enum uart_ier {
	UART_IER_RECEIVED = 1 << 0, /* there is a byte */
};

enum {
	/* An interrupt for 8 bytes, or for fewer when no more come for the time
	 * of 4. QEMU hands over as many at once. */
	UART_FCR_TRIGGER_8 = 2 << 6,
	UART_MCR_LOOP = 1 << 4,
	UART_MCR_OUT2 = 1 << 3, /* on PCs: lets the interrupt out */
	UART_LSR_ABSENT = 0xff, /* what an empty bus reads as */
	/* A handler takes at most so many bytes: four times what a chip
	 * holds, which an emulated one fills again while it is read. */
	UART_IRQ_BYTES = 4 * UART_FIFO_BYTES,
	UART_MCR_ALWAYS = UART_MCR_DTR | UART_MCR_OUT2,
	COM2 = 0x2f8,
	COM4 = 0x2e8,
	COM2_IRQ = 3,
	COM1_IRQ = 4,
	UART_USUAL_IRQ = CONFIG_UART_PORT == COM2 || CONFIG_UART_PORT == COM4
				 ? COM2_IRQ
				 : COM1_IRQ,
	UART_IRQ = CONFIG_UART_IRQ != 0 ? CONFIG_UART_IRQ : UART_USUAL_IRQ,
};

static uint8_t ring_bytes[CONFIG_UART_QUEUE_SIZE];
static struct uart_receiver receiver = UART_RECEIVER(ring_bytes);
static bool is_there;
static bool is_held;    /* the sender was asked to wait */
static bool is_stopped; /* bytes are left in the chip */

static uint8_t uart_read(enum uart_register reg)
{
	return io_read8(CONFIG_UART_PORT + reg);
}

static void uart_write(enum uart_register reg, uint8_t value)
{
	io_write8(CONFIG_UART_PORT + reg, value);
}

static void set_held(bool held)
{
	is_held = held;
	if (IS_ENABLED(CONFIG_UART_FLOW_CONTROL))
		uart_write(UART_MCR,
			   UART_MCR_ALWAYS | (held ? 0 : UART_MCR_RTS));
}

static void set_stopped(bool stopped)
{
	is_stopped = stopped;
	uart_write(UART_IER, stopped ? 0 : UART_IER_RECEIVED);
}

/* Let the line down, so that what is left in the chip raises it anew. */
static void raise_anew(void)
{
	uart_write(UART_IER, 0);
	uart_write(UART_IER, UART_IER_RECEIVED);
}

/* Take what lies there. Interrupts are off: the handler, or poll(). */
static void uart_input_take(void)
{
	for (unsigned int i = 0; i < UART_IRQ_BYTES && !is_stopped; i++) {
		const uint8_t status = uart_read(UART_LSR);

		if (status == UART_LSR_ABSENT)
			return;
		uart_receiver_note(&receiver, status);
		if (!(status & UART_LSR_DATA_READY))
			return;
		uart_receiver_take(&receiver, status, uart_read(UART_RBR));
		if (!is_held && uart_receiver_must_hold(&receiver))
			set_held(true);
		if (!uart_receiver_has_room(&receiver))
			set_stopped(true);
	}
	if (!is_stopped)
		raise_anew();
}

/* The ring has room again: let go on who waits. */
static void go_on(void)
{
	if (is_stopped)
		set_stopped(false);
	set_held(false);
}

static int uart_input_poll(void)
{
	uint8_t c;

	if (!is_there)
		return -EAGAIN;
	c = uart_receiver_read(&receiver);
	if (is_held && uart_receiver_may_go_on(&receiver))
		go_on();
	if (c == 0) {
		uart_input_take();
		c = uart_receiver_read(&receiver);
	}
	return c != 0 ? c : -EAGAIN;
}

/*
 * Switching the FIFO on empties it, and what was received before. In loopback
 * the chip is cut off from its line, and QEMU hands over no byte between the
 * last read and the switch. The driver's set-up ends it.
 */
void uart_input_begin(void)
{
	is_there = true;
	uart_write(UART_MCR, UART_MCR_LOOP);
	uart_write(UART_LCR, UART_LCR_8N1);
	if (uart_read(UART_LSR) & UART_LSR_DATA_READY)
		uart_receiver_take(&receiver, 0, uart_read(UART_RBR));
	uart_write(UART_FCR, UART_FCR_ENABLE);
}

void uart_input_note_status(uint8_t status)
{
	if (status != UART_LSR_ABSENT)
		uart_receiver_note(&receiver, status);
}

struct serial_errors serial_input_errors(void)
{
	return receiver.errors;
}

static int uart_input_start(void)
{
	if (!is_there)
		return -ENODEV;
	if (irq_register((enum irq_line)UART_IRQ, uart_input_take) == 0)
		irq_set_name((enum irq_line)UART_IRQ, "uart_input");
	else
		log_warn("uart_input: IRQ %d is another device's (UART_IRQ), "
			 "so the line is read at each tick",
			 UART_IRQ);
	uart_write(UART_FCR, UART_FCR_ENABLE | UART_FCR_TRIGGER_8);
	uart_write(UART_MCR, UART_MCR_ALWAYS | UART_MCR_RTS);
	uart_write(UART_IER, UART_IER_RECEIVED);
	uart_input_take();
	log_info("uart_input: what is typed at the serial line, IRQ %d, "
		 "queue of %d bytes",
		 UART_IRQ, CONFIG_UART_QUEUE_SIZE);
	return 0;
}

static const struct input_source uart_input_source = {
	.name = "serial",
	.poll = uart_input_poll,
};
INPUT_SOURCE(uart_input_source);

DRIVER(uart_input, DRIVER_DEVICE, uart_input_start);
