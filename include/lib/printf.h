/* SPDX-License-Identifier: MIT */
/*
 * Formatted text, PURE. Any context.
 *
 * Conversions: d i u x X c s p %, the lengths hh h l ll z, width, precision,
 * '-' and '0' and '#' flags, '*' for width and precision, with the meaning of
 * the C standard. No floating point, no %n. An unknown conversion is printed
 * as it stands. A NULL string prints "(null)".
 */
#ifndef LIB_PRINTF_H
#define LIB_PRINTF_H

#include <stdarg.h>
#include <stddef.h>

/* Takes the next piece of the text; called any number of times. */
typedef void (*printf_sink)(void *context, const char *text, size_t length);

/* Format into a sink: no buffer, no limit. */
void printf_to(printf_sink sink, void *context, const char *format,
	       va_list arguments);

/*
 * Format into @size bytes at @to, cut where it does not fit, always ended by
 * a zero where @size is not 0. Returns the length that the whole text has.
 */
int vsnprintf(char *to, size_t size, const char *format, va_list arguments);
int snprintf(char *to, size_t size, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif
