/* SPDX-License-Identifier: MIT */
/*
 * Formatted text, PURE: the format is taken apart conversion by conversion,
 * and each piece goes to a sink. The meaning of flags, width and precision is
 * that of the C standard (ISO C11, 7.21.6.1).
 */
#include <lib/printf.h>
#include <lib/string.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>

enum {
	DIGITS_MAX = 24, /* of 64 bits in base 8 and up */
	PAD_CHUNK = 16,
};

struct output {
	printf_sink sink;
	void *context;
};

struct conversion {
	bool left, zero, alternate;
	int width;
	int precision; /* below 0: none */
	int size;      /* bytes of an integer argument */
	char type;
};

static void emit(const struct output *out, const char *text, size_t length)
{
	if (length != 0)
		out->sink(out->context, text, length);
}

static void emit_padding(const struct output *out, char c, long count)
{
	char chunk[PAD_CHUNK];

	memset(chunk, c, sizeof(chunk));
	for (; count > 0; count -= PAD_CHUNK)
		emit(out, chunk, count < PAD_CHUNK ? (size_t)count : PAD_CHUNK);
}

/* A count in digits or a '*', which may be negative. */
static int read_count(const char **at, va_list *arguments)
{
	int count = 0;

	if (**at == '*') {
		(*at)++;
		return va_arg(*arguments, int);
	}
	while (**at >= '0' && **at <= '9') {
		if (count < 100000)
			count = count * 10 + (**at - '0');
		(*at)++;
	}
	return count;
}

static void read_flags(const char **at, struct conversion *conversion)
{
	for (;; (*at)++) {
		if (**at == '-')
			conversion->left = true;
		else if (**at == '0')
			conversion->zero = true;
		else if (**at == '#')
			conversion->alternate = true;
		else
			return;
	}
}

/* hh, h, l, ll, z: the bytes of the argument. */
static int read_size(const char **at)
{
	int size = sizeof(int);

	for (;; (*at)++) {
		if (**at == 'h')
			size /= 2;
		else if (**at == 'l' || **at == 'z')
			size = sizeof(long);
		else
			return size;
	}
}

static struct conversion read_conversion(const char **at, va_list *arguments)
{
	struct conversion c = { .precision = -1 };

	read_flags(at, &c);
	c.width = read_count(at, arguments);
	if (c.width < 0) {
		c.left = true;
		c.width = c.width == INT_MIN ? INT_MAX : -c.width;
	}
	if (**at == '.') {
		(*at)++;
		c.precision = read_count(at, arguments);
	}
	c.size = read_size(at);
	c.type = **at;
	if (c.type != '\0')
		(*at)++;
	return c;
}

/* Text cut to the precision, padded to the width. */
static void put_text(const struct output *out, const struct conversion *c,
		     const char *text)
{
	size_t length = 0;
	int padding;

	while ((c->precision < 0 || length < (size_t)c->precision) &&
	       text[length] != '\0')
		length++;
	padding = (size_t)c->width > length ? c->width - (int)length : 0;
	if (!c->left)
		emit_padding(out, ' ', padding);
	emit(out, text, length);
	if (c->left)
		emit_padding(out, ' ', padding);
}

static void put_char(const struct output *out, const struct conversion *c,
		     char value)
{
	if (!c->left)
		emit_padding(out, ' ', c->width - 1);
	emit(out, &value, 1);
	if (c->left)
		emit_padding(out, ' ', c->width - 1);
}

/* Digits of a number, written backwards from @end; returns their start. */
static char *format_digits(char *end, uint64_t value, unsigned int base,
			   bool capital)
{
	const char *digits = capital ? "0123456789ABCDEF" : "0123456789abcdef";

	for (; value != 0; value /= base)
		*--end = digits[value % base];
	return end;
}

/* prefix (sign or 0x), zeros up to the precision, digits, all in the width. */
static void put_number(const struct output *out, const struct conversion *c,
		       const char *prefix, uint64_t value)
{
	const unsigned int base =
		c->type == 'u' || c->type == 'd' || c->type == 'i' ? 10 : 16;
	char buffer[DIGITS_MAX];
	char *end = buffer + sizeof(buffer);
	const char *digits = format_digits(end, value, base, c->type == 'X');
	const int count = (int)(end - digits);
	const int prefix_length = (int)strlen(prefix);
	/* Wider than a width or a precision, which may each be INT_MAX. */
	long zeros = (c->precision < 0 ? 1 : c->precision) - count;
	long padding;

	if (zeros < 0)
		zeros = 0;
	if (c->zero && !c->left && c->precision < 0 &&
	    c->width > prefix_length + count + zeros)
		zeros = c->width - prefix_length - count;
	padding = c->width - prefix_length - zeros - count;
	if (!c->left)
		emit_padding(out, ' ', padding);
	emit(out, prefix, (size_t)prefix_length);
	emit_padding(out, '0', zeros);
	emit(out, digits, (size_t)count);
	if (c->left)
		emit_padding(out, ' ', padding);
}

static void put_signed(const struct output *out, const struct conversion *c,
		       va_list *arguments)
{
	int64_t value = c->size == sizeof(long) ? va_arg(*arguments, long)
						: va_arg(*arguments, int);

	if (c->size == 1)
		value = (int8_t)value;
	else if (c->size == 2)
		value = (int16_t)value;
	if (value < 0)
		put_number(out, c, "-", -(uint64_t)value);
	else
		put_number(out, c, "", (uint64_t)value);
}

static void put_unsigned(const struct output *out, const struct conversion *c,
			 va_list *arguments)
{
	uint64_t value = c->size == sizeof(long)
				 ? va_arg(*arguments, unsigned long)
				 : va_arg(*arguments, unsigned int);
	const char *prefix = "";

	if (c->size == 1)
		value = (uint8_t)value;
	else if (c->size == 2)
		value = (uint16_t)value;
	if (c->alternate && value != 0 && c->type != 'u')
		prefix = c->type == 'X' ? "0X" : "0x";
	put_number(out, c, prefix, value);
}

/* The conversion stands from @start to @end in the format. */
static void put_conversion(const struct output *out, struct conversion *c,
			   va_list *arguments, const char *start,
			   const char *end)
{
	const char *text;

	switch (c->type) {
	case 'd':
	case 'i':
		put_signed(out, c, arguments);
		break;
	case 'u':
	case 'x':
	case 'X':
		put_unsigned(out, c, arguments);
		break;
	case 'p':
		put_number(out, c, "0x", (uintptr_t)va_arg(*arguments, void *));
		break;
	case 'c':
		put_char(out, c, (char)va_arg(*arguments, int));
		break;
	case 's':
		text = va_arg(*arguments, const char *);
		put_text(out, c, text == NULL ? "(null)" : text);
		break;
	case '%':
		emit(out, "%", 1);
		break;
	default:
		emit(out, start, (size_t)(end - start));
		break;
	}
}

void printf_to(printf_sink sink, void *context, const char *format,
	       va_list arguments)
{
	const struct output out = { sink, context };
	va_list rest;

	va_copy(rest, arguments);
	while (*format != '\0') {
		const char *start = format;

		while (*format != '\0' && *format != '%')
			format++;
		emit(&out, start, (size_t)(format - start));
		if (*format == '%') {
			struct conversion c;

			start = format++;
			c = read_conversion(&format, &rest);
			put_conversion(&out, &c, &rest, start, format);
		}
	}
	va_end(rest);
}

struct buffer {
	char *to;
	size_t size;
	size_t length;
};

static void buffer_write(void *context, const char *text, size_t length)
{
	struct buffer *buffer = context;

	if (buffer->length < buffer->size) {
		const size_t room = buffer->size - buffer->length;

		memcpy(buffer->to + buffer->length, text,
		       length < room ? length : room);
	}
	buffer->length += length;
}

int vsnprintf(char *to, size_t size, const char *format, va_list arguments)
{
	struct buffer buffer = { to, size, 0 };

	printf_to(buffer_write, &buffer, format, arguments);
	if (size != 0)
		to[buffer.length < size ? buffer.length : size - 1] = '\0';
	return (int)buffer.length;
}

int snprintf(char *to, size_t size, const char *format, ...)
{
	va_list arguments;
	int length;

	va_start(arguments, format);
	length = vsnprintf(to, size, format, arguments);
	va_end(arguments);
	return length;
}
