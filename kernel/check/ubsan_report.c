/* SPDX-License-Identifier: MIT */
/*
 * One line for what is undefined, once for each place: a place that was told
 * is marked by its column. What happens while a warning is told (the console's
 * own faults) is passed over, or it would never end; what happens in the report
 * of a panic is a panic in it, once for each place as well.
 */
#include "ubsan_report.h"

#include <arch/irq.h>
#include <kernel/log.h>
#include <kernel/panic.h>
#include <kernel/util.h>
#include <lib/printf.h>
#include <stdarg.h>

#define COLUMN_TOLD (1U << 31)

enum {
	TEXT_BYTES = 200,
};

static unsigned int reports;
static bool is_reporting;

static const char *file_of(const struct ubsan_place *place)
{
	return place->file != NULL ? place->file : "an unknown file";
}

/* Is it to be told? It is marked then. */
static bool place_take(struct ubsan_place *place)
{
	if (is_reporting || (place->column & COLUMN_TOLD) != 0)
		return false;
	place->column |= COLUMN_TOLD;
	return true;
}

static void warn(const struct ubsan_place *place, const char *what,
		 const char *text)
{
	if (reports == CONFIG_UBSAN_REPORTS)
		return;
	reports++;
	log_warn("UBSAN: %s at %s:%u:%u: %s", what, file_of(place), place->line,
		 place->column & ~COLUMN_TOLD, text);
	if (reports == CONFIG_UBSAN_REPORTS)
		log_warn("UBSAN: no more is told");
}

void ubsan_report(struct ubsan_place *place, const char *what,
		  const char *format, ...)
{
	char text[TEXT_BYTES];
	va_list arguments;

	if (!place_take(place))
		return;
	is_reporting = true;
	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	/* A test that wants the panic goes on, and so do the checks. */
	is_reporting = false;
	if (IS_ENABLED(CONFIG_UBSAN_PANIC) || irq_in_handler())
		panic("UBSAN: %s at %s:%u:%u: %s", what, file_of(place),
		      place->line, place->column & ~COLUMN_TOLD, text);
	is_reporting = true;
	warn(place, what, text);
	is_reporting = false;
}

void ubsan_stop(const struct ubsan_place *place, const char *what)
{
	panic("UBSAN: %s at %s:%u:%u", what, file_of(place), place->line,
	      place->column & ~COLUMN_TOLD);
}
