/* SPDX-License-Identifier: MIT */
/*
 * The 16550 UART as the line to gdb: polled both ways, 8 data bits, no parity,
 * 1 stop bit, FIFO on. Its interrupts stay off.
 */
#include <arch/cpu.h>
#include <kernel/compiler.h>
#include <kernel/driver.h>
#include <kernel/errno.h>
#include <kernel/gdb_wire.h>
#include <kernel/log.h>
#include <kernel/util.h>

#include "uart_chip.h"

enum {
	WIRE = CONFIG_GDB_STUB_PORT,
	/* A byte takes 0.2 s at 50 baud. */
	WIRE_LOOKS = 500000,
};

static_assert(UART_CAN_MAKE(CONFIG_GDB_STUB_BAUD),
	      "the UART cannot make CONFIG_GDB_STUB_BAUD: see its help");
static_assert(CONFIG_GDB_STUB_PORT + UART_SCR <= UINT16_MAX,
	      "CONFIG_GDB_STUB_PORT leaves no room for the registers");

static bool is_there;

bool gdb_wire_is_there(void)
{
	return is_there;
}

int gdb_wire_read(void)
{
	if (!is_there ||
	    !(uart_chip_read(WIRE, UART_LSR) & UART_LSR_DATA_READY))
		return -EAGAIN;
	return uart_chip_read(WIRE, UART_RBR);
}

int gdb_wire_write(uint8_t byte)
{
	const uint64_t begin = cpu_cycles();
	unsigned int looks = 0;

	while (!(uart_chip_read(WIRE, UART_LSR) & UART_LSR_THRE)) {
		if (uart_chip_is_late(begin, ++looks, WIRE_LOOKS))
			return -ETIMEDOUT;
	}
	uart_chip_write(WIRE, UART_THR, byte);
	return 0;
}

#define TEXT_OF(number)       TEXT_OF_VALUE(number)
#define TEXT_OF_VALUE(number) #number

const char *gdb_wire_name(void)
{
	return "port " TEXT_OF(CONFIG_GDB_STUB_PORT) " at " TEXT_OF(
		CONFIG_GDB_STUB_BAUD) " baud";
}

static int uart_gdb_start(void)
{
	if (!uart_chip_is_present(WIRE)) {
		log_warn("uart_gdb: no 16550 at port 0x%x (GDB_STUB_PORT)",
			 CONFIG_GDB_STUB_PORT);
		return -ENODEV;
	}
	uart_chip_set_up(WIRE, CONFIG_GDB_STUB_BAUD, 0);
	is_there = true;
	log_info("uart_gdb: gdb may connect on %s", gdb_wire_name());
	return 0;
}

DRIVER(uart_gdb, DRIVER_EARLY, uart_gdb_start);
