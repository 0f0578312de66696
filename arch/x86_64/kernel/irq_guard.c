/* SPDX-License-Identifier: MIT */
/*
 * Interrupt lines that storm: masked in the handler, told by the thread when
 * it comes to rest, which it does now.
 *
 * As with Linux's "nobody cared" a line stays masked until somebody says
 * otherwise: what fires without end is broken, and each try costs the time of
 * another storm. And as with its poll of such lines, their handlers are called
 * from the timer's interrupt, so that a device on a broken line is slow and not
 * dead.
 */
#include <arch/irq_stats.h>
#include <kernel/idle.h>
#include <kernel/log.h>
#include <kernel/util.h>

#include "irq_count.h"
#include "irq_storm.h"
#include "pic.h"

/* Between two calls of the masked lines' handlers: some milliseconds. */
static const uint64_t poll_cycles = CPU_CYCLES_SECOND / 256;

static struct {
	struct irq_storm storm;
	uint64_t storms, told_storms;
	uint64_t told_spurious;
	bool is_masked;
} lines[IRQ_LINES];

static uint64_t polled_at;

/* Set by handlers where there is something to tell. */
static bool has_news;

/* Whether the thread has moved between the last interrupts: asleep it is always
 * at one place, but it comes by here each time before it sleeps. */
static struct irq_thread thread;

/* A handler that is not called by its own line takes what there is. */
static void poll_masked(uint64_t now)
{
	if (now - polled_at < poll_cycles)
		return;
	polled_at = now;
	for (unsigned int line = 0; line < IRQ_LINES; line++) {
		if (lines[line].is_masked)
			irq_call_handler(line);
	}
}

void irq_storm_found(const struct trap_frame *frame)
{
	irq_thread_found(&thread, frame);
}

void irq_storm_end(unsigned int line, uint64_t begin)
{
	const uint64_t now = cpu_cycles();
	const struct irq_served served = { begin, now, thread.is_stuck };

	if (irq_storm_note(&lines[line].storm, &served,
			   CONFIG_IRQ_STORM_LIMIT)) {
		pic_mask(line);
		lines[line].is_masked = true;
		lines[line].storms++;
		has_news = true;
	} else if (line == IRQ_TIMER) {
		poll_masked(now);
	}
}

void irq_storm_note_spurious(void)
{
	has_news = true;
}

void irq_storm_rest(void)
{
	thread.has_rested = true;
}

bool irq_storm_masks(unsigned int line)
{
	return lines[line].is_masked;
}

uint64_t irq_storm_count(unsigned int line)
{
	return lines[line].storms;
}

int irq_let_through(enum irq_line line)
{
	const struct irq_state state = irq_save();
	const bool was_masked = lines[line].is_masked;

	if (was_masked) {
		lines[line].is_masked = false;
		lines[line].storm = (struct irq_storm){ 0 };
		pic_unmask(line);
		irq_call_handler(line);
	}
	irq_restore(state);
	return was_masked ? 0 : -EINVAL;
}

/* ---- What the thread tells ---------------------------------------------- */

static bool guard_is_due(void)
{
	return has_news;
}

static void tell_storm(unsigned int line, const char *name)
{
	log_warn_idle("irq: line %u (%s) fires without end, so it is masked%s",
		      line, name,
		      line == IRQ_TIMER ? "; time stands still"
					: "; its device is asked by the timer");
	if (IS_ENABLED(CONFIG_SHELL_CMD_IRQ))
		log_warn_idle("irq: `irq %u` lets it through again", line);
}

static void guard_tell(void)
{
	has_news = false;
	for (unsigned int line = 0; line < IRQ_LINES; line++) {
		struct irq_stats stats;

		irq_stats_get((enum irq_line)line, &stats);
		if (lines[line].storms != lines[line].told_storms) {
			lines[line].told_storms = stats.storms;
			tell_storm(line, stats.name == NULL ? "no driver"
							    : stats.name);
		}
		if (stats.spurious > 0 && lines[line].told_spurious == 0) {
			lines[line].told_spurious = stats.spurious;
			log_warn_idle("irq: a spurious interrupt of line %u; "
				      "more are counted in silence",
				      line);
		}
	}
}

static const struct idle_work irq_guard = {
	.is_due = guard_is_due,
	.run = guard_tell,
};
IDLE_WORK(irq_guard);
