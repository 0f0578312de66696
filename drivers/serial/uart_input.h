/* SPDX-License-Identifier: MIT */
/*
 * What the driver of the 16550 tells and asks where the chip receives as well
 * (SHELL_SERIAL_INPUT, UART_FLOW_CONTROL).
 */
#ifndef DRIVERS_SERIAL_UART_INPUT_H
#define DRIVERS_SERIAL_UART_INPUT_H

#include <kernel/types.h>
#include <kernel/util.h>

#include "uart_chip.h"

enum {
	/* What comes in before somebody reads is kept for who will. */
	UART_INPUT_CLEAR = IS_ENABLED(CONFIG_SHELL_SERIAL_INPUT)
				   ? 0
				   : UART_FCR_CLEAR_RECEIVER,
};

#ifdef CONFIG_SHELL_SERIAL_INPUT
/* The chip is there, and about to be set up: take what was typed before, and
 * switch the FIFO on, which would clear it. */
void uart_input_begin(void);

/* A look at its line status, which forgets errors when it is read. Any
 * context. */
void uart_input_note_status(uint8_t status);
#else
static inline void uart_input_begin(void)
{
}

static inline void uart_input_note_status(uint8_t status)
{
	(void)status;
}
#endif

#ifdef CONFIG_UART_FLOW_CONTROL
/* Does the other side take bytes (CTS)? Any context. */
bool uart_input_may_send(void);
#else
static inline bool uart_input_may_send(void)
{
	return true;
}
#endif

#endif
