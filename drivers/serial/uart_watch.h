/* SPDX-License-Identifier: MIT */
/*
 * A UART that stops working, and one that works again: noted where it is
 * seen, told by the thread when there is nothing else to do (DEVICE_WATCH).
 * Any context.
 */
#ifndef DRIVERS_SERIAL_UART_WATCH_H
#define DRIVERS_SERIAL_UART_WATCH_H

#include <kernel/types.h>

#ifdef CONFIG_DEVICE_WATCH
/* A look at its line status. */
void uart_watch_status(uint8_t status);

/* A wait for room was in vain, or not. */
void uart_watch_room(bool has_room);
#else
static inline void uart_watch_status(uint8_t status)
{
	(void)status;
}

static inline void uart_watch_room(bool has_room)
{
	(void)has_room;
}
#endif

#endif
