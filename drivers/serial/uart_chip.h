/* SPDX-License-Identifier: MIT */
/*
 * The 16550 UART (National Semiconductor PC16550D data sheet, section 8,
 * "Registers"): what its drivers have in common. Each has a port, the first of
 * the chip's eight, and state of its own.
 *
 * The functions are inline for the sake of a port that is known when they are
 * compiled: then a look at a register is one instruction. Any context.
 */
#ifndef DRIVERS_SERIAL_UART_CHIP_H
#define DRIVERS_SERIAL_UART_CHIP_H

#include <arch/cpu.h>
#include <arch/io.h>
#include <kernel/types.h>
#include <kernel/util.h>

/* Registers, as distances from the first port. */
enum uart_register {
	UART_RBR = 0, /* receiver buffer; read */
	UART_THR = 0, /* transmitter holding register; write */
	UART_DLL = 0, /* divisor, low byte; while UART_LCR_DLAB */
	UART_DLM = 1, /* divisor, high byte; while UART_LCR_DLAB */
	UART_IER = 1, /* interrupt enable */
	UART_IIR = 2, /* interrupt identification; read */
	UART_FCR = 2, /* FIFO control; write */
	UART_LCR = 3, /* line control */
	UART_MCR = 4, /* modem control */
	UART_LSR = 5, /* line status */
	UART_SCR = 7, /* scratch: keeps what is written */
};

enum uart_iir {
	UART_IIR_FIFO = 0xc0, /* both set: the FIFO works (16550A) */
};

enum uart_fcr {
	UART_FCR_ENABLE = 1 << 0,
	UART_FCR_CLEAR_RECEIVER = 1 << 1,
	UART_FCR_CLEAR_TRANSMITTER = 1 << 2,
};

enum uart_lcr {
	UART_LCR_8N1 = 0x03,
	UART_LCR_DLAB = 1 << 7, /* shows the divisor */
};

enum uart_mcr {
	UART_MCR_DTR = 1 << 0,
	UART_MCR_RTS = 1 << 1,
};

enum uart_lsr {
	UART_LSR_DATA_READY = 1 << 0,
	UART_LSR_THRE = 1 << 5, /* room: the FIFO is empty */
	UART_LSR_TEMT = 1 << 6, /* and the last byte is on the line */
};

enum {
	UART_BASE_BAUD = 115200, /* crystal / 16, divisor 1 */
	UART_FIFO_BYTES = 16,
};

/* What the chip divides by for a rate, and the rate that comes of it. */
#define UART_DIVISOR(baud)   ((UART_BASE_BAUD + (baud) / 2) / (baud))
#define UART_REAL_BAUD(baud) (UART_BASE_BAUD / UART_DIVISOR(baud))

/* Can the chip make a rate? Both ends of a line bear some 5% in all. */
#define UART_CAN_MAKE(baud)                                             \
	(UART_DIVISOR(baud) >= 1 && UART_DIVISOR(baud) <= UINT16_MAX && \
	 100LL * UART_REAL_BAUD(baud) <= 103LL * (baud) &&              \
	 100LL * UART_REAL_BAUD(baud) >= 97LL * (baud))

static inline uint8_t uart_chip_read(uint16_t port, enum uart_register reg)
{
	return io_read8((uint16_t)(port + reg));
}

static inline void uart_chip_write(uint16_t port, enum uart_register reg,
				   uint8_t value)
{
	io_write8((uint16_t)(port + reg), value);
}

/* Does the scratch register keep what is written? A missing chip reads as
 * whatever the bus floats to. */
static inline bool uart_chip_is_present(uint16_t port)
{
	static const uint8_t patterns[] = { 0x5a, 0xa5 };

	for (size_t i = 0; i < ARRAY_SIZE(patterns); i++) {
		uart_chip_write(port, UART_SCR, patterns[i]);
		io_delay();
		if (uart_chip_read(port, UART_SCR) != patterns[i])
			return false;
	}
	return true;
}

/* 8 data bits, no parity, 1 stop bit, at a rate that UART_CAN_MAKE; the FIFO
 * on, and so cleared as @clear says: UART_FCR_CLEAR_... or 0. */
static inline void uart_chip_set_up(uint16_t port, unsigned int baud,
				    uint8_t clear)
{
	const unsigned int divisor = UART_DIVISOR(baud);

	uart_chip_write(port, UART_IER, 0);
	uart_chip_write(port, UART_LCR, UART_LCR_DLAB);
	uart_chip_write(port, UART_DLL, divisor & 0xff);
	uart_chip_write(port, UART_DLM, (uint8_t)(divisor >> 8));
	uart_chip_write(port, UART_LCR, UART_LCR_8N1);
	uart_chip_write(port, UART_FCR, UART_FCR_ENABLE | clear);
	uart_chip_write(port, UART_MCR, UART_MCR_DTR | UART_MCR_RTS);
}

/*
 * Is a wait for the chip in vain, of so many looks since cpu_cycles() was
 * @begin? Both have to be over, as many looks as there may be and a second by
 * the CPU's counter: a look takes about 1 us on a real bus; an emulated chip
 * waits for its host's reader, who may be busy.
 */
static inline bool uart_chip_is_late(uint64_t begin, unsigned int looks,
				     unsigned int looks_max)
{
	return looks >= looks_max && cpu_cycles() - begin >= CPU_CYCLES_SECOND;
}

#endif
