/* SPDX-License-Identifier: MIT */
/*
 * The console: every sink gets everything.
 *
 * An exception may come while a sink writes. Its report must not enter that
 * sink a second time, unless nothing goes on after it: a breakpoint's report
 * skips the sink that it interrupted; a fatal one lets go of it; and a fault
 * inside a fatal report makes the sink that caused it count as broken.
 */
#include <kernel/console.h>
#include <kernel/context.h>
#include <kernel/report.h>
#include <kernel/util.h>
#include <lib/printf.h>
#include <lib/string.h>

#include "console_choice.h"
#include "console_state.h"

SET_DEFINE(console_sinks);

enum {
	EARLY_BYTES = 2048,
	BROKEN_MAX = 4,
};

/* The first text, for the sinks that start late. */
static struct {
	char text[EARLY_BYTES];
	size_t length;
} early;

/* The sink that is writing, the innermost one. */
const struct console_sink *console_active;

static const struct console_sink *broken[BROKEN_MAX];

static bool is_broken(const struct console_sink *sink)
{
	for (size_t i = 0; i < BROKEN_MAX; i++) {
		if (broken[i] == sink)
			return true;
	}
	return false;
}

static void early_keep(const char *text, size_t length)
{
	const size_t room = EARLY_BYTES - early.length;

	if (length > room)
		length = room;
	memcpy(early.text + early.length, text, length);
	early.length += length;
}

void console_write(const char *text, size_t length)
{
	const struct console_sink *const interrupted = console_active;

	context_need_thread(__func__);
	early_keep(text, length);
	SET_FOREACH(sink, console_sinks) {
		if (*sink == interrupted || is_broken(*sink) ||
		    console_choice_is_off(*sink))
			continue;
		console_active = *sink;
		console_active->write(text, length);
		console_active = interrupted;
	}
}

void console_replay(const struct console_sink *sink)
{
	if (!console_choice_is_off(sink))
		sink->write(early.text, early.length);
}

void console_take_over(bool is_nested)
{
	if (IS_ENABLED(CONFIG_REPORT_DETAIL))
		report_interrupted(console_active != NULL);
	for (size_t i = 0; is_nested && i < BROKEN_MAX; i++) {
		if (broken[i] == NULL) {
			broken[i] = console_active;
			break;
		}
	}
	console_active = NULL;
	console_choice_all();
	SET_FOREACH(sink, console_sinks) {
		if ((*sink)->take_over == NULL || is_broken(*sink))
			continue;
		console_active = *sink;
		console_active->take_over();
		console_active = NULL;
	}
}

void console_put_char(char c)
{
	console_write(&c, 1);
}

static void console_printf_sink(void *context, const char *text, size_t length)
{
	(void)context;
	console_write(text, length);
}

void console_vprintf(const char *format, va_list arguments)
{
	printf_to(console_printf_sink, NULL, format, arguments);
}

void console_printf(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	console_vprintf(format, arguments);
	va_end(arguments);
}

void console_clear(void)
{
	SET_FOREACH(sink, console_sinks) {
		if ((*sink)->clear != NULL && !console_choice_is_off(*sink))
			(*sink)->clear();
	}
}

void console_set_color(uint32_t rgb)
{
	SET_FOREACH(sink, console_sinks) {
		if ((*sink)->set_color != NULL)
			(*sink)->set_color(rgb);
	}
}
