/* SPDX-License-Identifier: MIT */
/*
 * The 8254 interval timer of the PC: channel 0 interrupts CONFIG_TIMER_HZ
 * times a second (Intel 8254 data sheet, "Mode 2: rate generator").
 *
 * Channels 1 and 2 (memory refresh, speaker) are left as they are.
 */
#include <arch/irq.h>
#include <arch/irq_stats.h>
#include <arch/pit8254.h>
#include <kernel/compiler.h>
#include <kernel/driver.h>
#include <kernel/log.h>
#include <kernel/time.h>

enum {
	CHANNEL = 0,
	/* Rounded to the nearest. */
	PIT_DIVISOR = (PIT_INPUT_HZ + CONFIG_TIMER_HZ / 2) / CONFIG_TIMER_HZ,
};

static_assert(PIT_DIVISOR >= 2 && PIT_DIVISOR <= UINT16_MAX,
	      "the 8254 cannot make CONFIG_TIMER_HZ");

static int pit8254_start(void)
{
	int error;

	pit_start(CHANNEL, PIT_MODE_RATE_GENERATOR, PIT_DIVISOR);
	error = irq_register(IRQ_TIMER, time_tick);
	if (error != 0)
		return error;
	time_set_rate(PIT_DIVISOR, PIT_INPUT_HZ);
	irq_set_name(IRQ_TIMER, "pit8254");
	log_info("pit8254: %d Hz (divisor %d)", CONFIG_TIMER_HZ, PIT_DIVISOR);
	return 0;
}

DRIVER(pit8254, DRIVER_DEVICE, pit8254_start);
