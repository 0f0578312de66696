/* SPDX-License-Identifier: MIT */
/*
 * The other side's word on whether it takes bytes. What we say to it is in
 * uart_input.c.
 */
#include "uart_input.h"

#include <arch/io.h>

enum {
	UART_MSR = 6, /* modem status */
	UART_MSR_CTS = 1 << 4,
};

bool uart_input_may_send(void)
{
	return io_read8(CONFIG_UART_PORT + UART_MSR) & UART_MSR_CTS;
}
