/* SPDX-License-Identifier: MIT */
/*
 * The kernel's log in memory.
 *
 * A line is formatted on the stack of who says it and then appended with
 * interrupts off, for as long as it takes to copy it: a handler that logs while
 * the thread does finds the ring whole. A reader copies a line out in the same
 * way, so that no line changes while it is shown.
 */
#include <arch/cpu.h>
#include <kernel/compiler.h>
#include <kernel/log.h>
#include <kernel/time.h>
#include <kernel/util.h>
#include <lib/printf.h>
#include <lib/string.h>

#include "log_clock.h"
#include "log_kept.h"
#include "log_show.h"

enum {
	RING_BYTES = CONFIG_LOG_RING_KIB * 1024,
};

static_assert(RING_BYTES > 2 * (LOG_TEXT_MAX + sizeof(struct log_record)),
	      "any line must fit");

static char ring_bytes[RING_BYTES];

static struct log_ring ring = {
	.bytes = ring_bytes,
	.capacity = RING_BYTES,
};

static struct log_clock clock = {
	.tick_hz = CONFIG_LOG_TICK_HZ,
};

/* Interrupts off. The first line of all begins the count. */
static uint64_t micros_now(void)
{
	if (ring.next == 0) {
		clock.cycles_hz = cpu_cycles_hz();
		clock.begin = cpu_cycles();
	}
	return log_clock_micros(&clock, cpu_cycles(), time_ticks());
}

/* Not inlined: the stack is given back before anything is shown. */
static __noinline void keep(enum log_level level, const char *format,
			    va_list arguments)
{
	char text[LOG_TEXT_MAX + 1];
	const size_t length =
		(size_t)vsnprintf(text, sizeof(text), format, arguments);
	struct log_record record = {
		.length = (uint16_t)(length < LOG_TEXT_MAX ? length
							   : LOG_TEXT_MAX),
		.level = (uint8_t)level,
	};
	struct irq_state state;

	record.module_length = (uint8_t)log_module_length(text, record.length);
	state = irq_save();
	record.micros = micros_now();
	log_ring_append(&ring, &record, text);
	irq_restore(state);
}

static void log_vwrite(enum log_level level, const char *format,
		       va_list arguments)
{
	keep(level, format, arguments);
	log_show_if_possible();
}

void log_write(enum log_level level, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	log_vwrite(level, format, arguments);
	va_end(arguments);
}

/* In brackets: where a level is not built in, these names are macros. */
void(log_info)(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	log_vwrite(LOG_INFO, format, arguments);
	va_end(arguments);
}

void(log_warn)(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	log_vwrite(LOG_WARNING, format, arguments);
	va_end(arguments);
}

struct log_cursor log_end(void)
{
	const struct irq_state state = irq_save();
	const struct log_cursor end = { ring.head, ring.next };

	irq_restore(state);
	return end;
}

/* The time, as Linux shows it, and the level. */
static size_t put_prefix(char *to, size_t size, const struct log_record *record,
			 bool stamped)
{
	const char *prefix = log_level_prefix(
		record->level < LOG_LEVELS ? record->level : LOG_NONE);

	if (!stamped)
		return (size_t)snprintf(to, size, "%s", prefix);
	return (size_t)snprintf(to, size, "[%5lu.%06lu] %s",
				record->micros / 1000000,
				record->micros % 1000000, prefix);
}

bool log_line_next(struct log_cursor *cursor, struct log_line *line,
		   bool stamped, uint64_t *missed)
{
	const struct irq_state state = irq_save();
	bool is_there;

	*missed = log_ring_catch_up(&ring, cursor);
	is_there = log_ring_record(&ring, cursor, &line->record);
	if (is_there) {
		line->length = put_prefix(line->text, LOG_AROUND_MAX,
					  &line->record, stamped);
		line->module = line->text + line->length;
		line->length += log_ring_text(
			&ring, cursor, line->text + line->length, LOG_TEXT_MAX);
		line->text[line->length++] = '\n';
		log_ring_advance(cursor, &line->record);
	}
	irq_restore(state);
	return is_there;
}
