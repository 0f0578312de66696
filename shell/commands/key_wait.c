/* SPDX-License-Identifier: MIT */
/*
 * Waits for a key or for a time, whichever comes first. The CPU sleeps from one
 * interrupt to the next: a key may be seen a period of the timer late.
 */
#include "key_wait.h"

#include <arch/cpu.h>
#include <kernel/errno.h>
#include <kernel/idle.h>
#include <kernel/input.h>
#include <kernel/time.h>
#include <shell/interrupt.h>

enum {
	CTRL_C = 0x03, /* a character as well where nothing looks for it */
};

static int key_of(int c)
{
	return c == CTRL_C || shell_interrupted() ? -EINTR : c;
}

static void rest(void)
{
	irq_disable();
	if (!idle_work_run())
		cpu_sleep();
	irq_enable();
}

int key_wait(uint64_t timeout_us)
{
	const uint64_t begin = time_uptime_us();
	int key;

	for (;;) {
		key = key_of(input_poll_char());
		if (key != -EAGAIN || !key_wait_is_timed() ||
		    time_uptime_us() - begin >= timeout_us)
			return key;
		rest();
	}
}

int key_wait_any(void)
{
	return key_of((uint8_t)input_read_char());
}
