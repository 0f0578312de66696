/* SPDX-License-Identifier: MIT */
/*
 * What became of the UART. The other consoles tell; so does its own, in vain
 * or not.
 */
#include "uart_watch.h"

#include <kernel/idle.h>
#include <kernel/log.h>

enum uart_health {
	UART_WORKS,
	UART_TAKES_NOTHING,
	UART_GONE,
};

enum {
	/* What an empty bus reads as: room, idle, and every fault at once. */
	UART_LSR_ABSENT = 0xff,
};

static enum uart_health health, told;

void uart_watch_status(uint8_t status)
{
	if (status == UART_LSR_ABSENT)
		health = UART_GONE;
	else if (health == UART_GONE)
		health = UART_WORKS;
}

void uart_watch_room(bool has_room)
{
	if (health != UART_GONE)
		health = has_room ? UART_WORKS : UART_TAKES_NOTHING;
}

static bool watch_is_due(void)
{
	return health != told;
}

static void watch_tell(void)
{
	static const char *const words[] = {
		[UART_WORKS] = "the chip takes bytes again",
		[UART_TAKES_NOTHING] =
			"the chip takes no byte; nobody waits for it any more",
		[UART_GONE] = "the chip is gone",
	};

	told = health;
	log_warn_idle("uart16550: %s", words[told]);
}

static const struct idle_work uart_watch = {
	.is_due = watch_is_due,
	.run = watch_tell,
};
IDLE_WORK(uart_watch);
