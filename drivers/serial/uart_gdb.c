/* SPDX-License-Identifier: MIT */
/*
 * The 16550 UART as the line to gdb: polled both ways, 8 data bits, no parity,
 * 1 stop bit, FIFO on. Its interrupts stay off.
 */
#include <arch/cpu.h>
#include <arch/io.h>
#include <kernel/compiler.h>
#include <kernel/driver.h>
#include <kernel/errno.h>
#include <kernel/gdb_wire.h>
#include <kernel/log.h>
#include <kernel/util.h>

#include "uart16550_registers.h"

enum {
	WIRE_DIVISOR = (UART_BASE_BAUD + CONFIG_GDB_STUB_BAUD / 2) /
		       CONFIG_GDB_STUB_BAUD,
	WIRE_REAL_BAUD = UART_BASE_BAUD / WIRE_DIVISOR,
	/* A byte takes 0.2 s at 50 baud, a look about 1 us on a real bus. */
	WIRE_LOOKS = 500000,
};

static_assert(WIRE_REAL_BAUD * 100LL <= CONFIG_GDB_STUB_BAUD * 103LL &&
		      WIRE_REAL_BAUD * 100LL >= CONFIG_GDB_STUB_BAUD * 97LL,
	      "the UART cannot make CONFIG_GDB_STUB_BAUD: see its help");
static_assert(CONFIG_GDB_STUB_PORT + UART_SCR <= UINT16_MAX,
	      "CONFIG_GDB_STUB_PORT leaves no room for the registers");
static bool is_there;

static uint8_t wire_register(enum uart_register reg)
{
	return io_read8(CONFIG_GDB_STUB_PORT + reg);
}

static void wire_set(enum uart_register reg, uint8_t value)
{
	io_write8(CONFIG_GDB_STUB_PORT + reg, value);
}

bool gdb_wire_is_there(void)
{
	return is_there;
}

int gdb_wire_read(void)
{
	if (!is_there || !(wire_register(UART_LSR) & UART_LSR_DATA_READY))
		return -EAGAIN;
	return wire_register(UART_RBR);
}

int gdb_wire_write(uint8_t byte)
{
	const uint64_t begin = cpu_cycles();
	unsigned int looks = 0;

	while (!(wire_register(UART_LSR) & UART_LSR_THRE)) {
		if (++looks >= WIRE_LOOKS &&
		    cpu_cycles() - begin >= CPU_CYCLES_SECOND)
			return -ETIMEDOUT;
	}
	wire_set(UART_THR, byte);
	return 0;
}

#define TEXT_OF(number)       TEXT_OF_VALUE(number)
#define TEXT_OF_VALUE(number) #number

const char *gdb_wire_name(void)
{
	return "port " TEXT_OF(CONFIG_GDB_STUB_PORT) " at " TEXT_OF(
		CONFIG_GDB_STUB_BAUD) " baud";
}

/* Does the scratch register keep what is written? */
static bool wire_is_present(void)
{
	static const uint8_t patterns[] = { 0x5a, 0xa5 };

	for (size_t i = 0; i < ARRAY_SIZE(patterns); i++) {
		wire_set(UART_SCR, patterns[i]);
		io_delay();
		if (wire_register(UART_SCR) != patterns[i])
			return false;
	}
	return true;
}

static int uart_gdb_start(void)
{
	if (!wire_is_present()) {
		log_warn("uart_gdb: no 16550 at port 0x%x (GDB_STUB_PORT)",
			 CONFIG_GDB_STUB_PORT);
		return -ENODEV;
	}
	wire_set(UART_IER, 0);
	wire_set(UART_LCR, UART_LCR_DLAB);
	wire_set(UART_DLL, WIRE_DIVISOR & 0xff);
	wire_set(UART_DLM, WIRE_DIVISOR >> 8);
	wire_set(UART_LCR, UART_LCR_8N1);
	wire_set(UART_FCR, UART_FCR_ENABLE);
	wire_set(UART_MCR, UART_MCR_DTR | UART_MCR_RTS);
	is_there = true;
	log_info("uart_gdb: gdb may connect on %s", gdb_wire_name());
	return 0;
}

DRIVER(uart_gdb, DRIVER_EARLY, uart_gdb_start);
