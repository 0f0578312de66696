/* SPDX-License-Identifier: MIT */
/*
 * The keyboard's lights. The second byte of the command follows from the
 * interrupt handler: between the two the keyboard sends no keys, and the thread
 * may be busy. A keyboard that does not answer is told once.
 */
#include "keyboard_leds.h"

#include "key_leds.h"

#include <kernel/idle.h>
#include <kernel/log.h>
#include <kernel/time.h>
#include <kernel/types.h>

static struct key_leds leds;
static bool (*write_byte)(uint8_t byte);
static bool is_told;

static uint32_t now_ms(void)
{
	return (uint32_t)(time_ticks() * 1000 / CONFIG_TIMER_HZ);
}

void keyboard_leds_go_on(void)
{
	const struct key_leds before = leds;
	uint8_t byte;

	if (write_byte == NULL || !key_leds_next(&leds, now_ms(), &byte))
		return;
	/* The controller is not ready: the same again at the next look. */
	if (!write_byte(byte))
		leds = before;
}

void keyboard_leds_start(bool (*write)(uint8_t byte))
{
	key_leds_init(&leds);
	write_byte = write;
}

void keyboard_leds_follow(const struct scan_decoder *before,
			  const struct scan_decoder *decoder, uint8_t code)
{
	key_leds_follow(&leds, before, decoder, code);
	keyboard_leds_go_on();
}

bool keyboard_leds_take(uint8_t byte)
{
	if (!key_leds_take(&leds, byte))
		return false;
	keyboard_leds_go_on();
	return true;
}

static bool failure_is_due(void)
{
	return leds.has_failed && !is_told;
}

static void failure_tell(void)
{
	is_told = true;
	log_warn_idle("i8042: the keyboard does not answer; its lights may "
		      "differ from the locks");
}

static const struct idle_work failure = {
	.is_due = failure_is_due,
	.run = failure_tell,
};
IDLE_WORK(failure);
