/* SPDX-License-Identifier: MIT */
/*
 * The log, line by line, on the console. The names are in brackets: where a
 * level is not built in, they are macros.
 */
#include <kernel/console.h>
#include <kernel/log.h>

void(log_info)(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	console_vprintf(format, arguments);
	va_end(arguments);
	console_put_char('\n');
}

void(log_warn)(const char *format, ...)
{
	va_list arguments;

	console_printf("warning: ");
	va_start(arguments, format);
	console_vprintf(format, arguments);
	va_end(arguments);
	console_put_char('\n');
}
