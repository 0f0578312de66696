/* SPDX-License-Identifier: MIT */
/*
 * Ctrl-C while nobody reads: whoever works for long asks, and what was typed
 * until then waits in a ring for the next reader. As on a terminal, Ctrl-C
 * gives up what was typed before it. What does not fit is lost.
 */
#include <arch/cpu.h>
#include <kernel/input.h>
#include <lib/ring.h>

enum {
	CTRL_C = 0x03,
	KEPT_MAX = 256,
};

static uint8_t kept_bytes[KEPT_MAX];
static struct ring kept = { .bytes = kept_bytes, .capacity = KEPT_MAX };
static bool is_typed;

static void take(int c)
{
	uint8_t dropped;

	if (c != CTRL_C) {
		(void)ring_push(&kept, (uint8_t)c);
		return;
	}
	is_typed = true;
	while (ring_pop(&kept, &dropped))
		;
}

static void take_all_of(const struct input_source *source)
{
	int c;

	do {
		irq_disable();
		c = source->poll();
		irq_enable();
		if (c >= 0)
			take(c);
	} while (c >= 0);
}

void input_break_begin(void)
{
	is_typed = false;
}

bool input_break_typed(void)
{
	SET_FOREACH(source, input_sources)
		take_all_of(*source);
	return is_typed;
}

int input_kept_take(void)
{
	uint8_t c;

	return ring_pop(&kept, &c) ? c : -EAGAIN;
}
