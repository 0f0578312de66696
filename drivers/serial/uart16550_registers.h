/* SPDX-License-Identifier: MIT */
/*
 * The 16550 UART's registers (National Semiconductor PC16550D data sheet,
 * section 8, "Registers").
 */
#ifndef DRIVERS_SERIAL_UART16550_REGISTERS_H
#define DRIVERS_SERIAL_UART16550_REGISTERS_H

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

#endif
