/* SPDX-License-Identifier: MIT */
/*
 * The console: every sink gets everything.
 */
#include <kernel/console.h>
#include <lib/printf.h>

SET_DEFINE(console_sinks);

void console_write(const char *text, size_t length)
{
	SET_FOREACH (sink, console_sinks)
		(*sink)->write(text, length);
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
	SET_FOREACH (sink, console_sinks) {
		if ((*sink)->clear != NULL)
			(*sink)->clear();
	}
}

void console_set_color(uint32_t rgb)
{
	SET_FOREACH (sink, console_sinks) {
		if ((*sink)->set_color != NULL)
			(*sink)->set_color(rgb);
	}
}
