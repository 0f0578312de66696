/* SPDX-License-Identifier: MIT */
/*
 * Formatted text. Formats made of what both know are held against the host's
 * libc, byte for byte; any other format must end, and keep to its buffer.
 */
#include "fuzz.h"

#include <limits.h>
#include <setjmp.h>
#include <string.h>

#include "../../lib/printf.c"

#pragma clang diagnostic ignored "-Wformat-nonliteral"
#pragma clang diagnostic ignored "-Wformat-security"

enum {
	TEXT_MAX = 4096,
	FORMAT_MAX = 64,
	STARS_MAX = 8,
	SINK_LIMIT = 100000,
};

/* A conversion that the standard defines, as text. */
struct piece {
	char format[FORMAT_MAX];
	int width, precision; /* for the stars */
	int stars;
	char type;
	bool is_long;
};

static void append(struct piece *piece, const char *text)
{
	strcat(piece->format, text);
}

static void read_width(struct fuzz_input *input, struct piece *piece)
{
	char digits[16];

	switch (fuzz_byte(input) % 4) {
	case 0:
		piece->width = (int8_t)fuzz_byte(input);
		piece->stars = 1;
		append(piece, "*");
		break;
	case 1:
		sprintf(digits, "%u", fuzz_byte(input) + 1U);
		append(piece, digits);
		break;
	default:
		break;
	}
}

static void read_precision(struct fuzz_input *input, struct piece *piece)
{
	char digits[16];

	switch (fuzz_byte(input) % 4) {
	case 0:
		/* One star: only where the width had one, too. */
		if (piece->stars == 0)
			break;
		piece->precision = (int8_t)fuzz_byte(input);
		piece->stars = 2;
		append(piece, ".*");
		break;
	case 1:
		append(piece, ".");
		break;
	case 2:
		sprintf(digits, ".%u", fuzz_byte(input));
		append(piece, digits);
		break;
	default:
		break;
	}
}

/* Flags, width, precision, length and type, in that order. */
static struct piece read_piece(struct fuzz_input *input)
{
	static const char *const lengths[] = { "", "h", "hh", "l", "ll", "z" };
	static const char types[] = "diuxXcsp%";
	struct piece piece = { .format = "before %" };
	const uint8_t flags = fuzz_byte(input);
	char type[2] = { types[fuzz_byte(input) % 9], '\0' };
	const char *length = lengths[fuzz_byte(input) % 6];
	const bool is_number = strchr("diuxX", type[0]) != NULL;

	piece.type = type[0];
	if (piece.type != '%') {
		append(&piece, flags & 1 ? "-" : "");
		append(&piece, is_number && flags & 2 ? "0" : "");
		append(&piece, strchr("xX", type[0]) && flags & 4 ? "#" : "");
		read_width(input, &piece);
		if (is_number || piece.type == 's')
			read_precision(input, &piece);
	}
	if (is_number) {
		append(&piece, length);
		piece.is_long = length[0] == 'l' || length[0] == 'z';
	}
	append(&piece, type);
	append(&piece, " behind");
	return piece;
}

#define CALL(function, to, size, piece, value)                                \
	((piece)->stars == 2                                                  \
		 ? function(to, size, (piece)->format, (piece)->width,        \
			    (piece)->precision, value)                        \
	 : (piece)->stars == 1                                                \
		 ? function(to, size, (piece)->format, (piece)->width, value) \
		 : function(to, size, (piece)->format, value))

/* Both, with the argument that the type asks for. */
#define CALL_TYPED(function, to, size, piece, number, text)                 \
	((piece)->type == 's' ? CALL(function, to, size, piece, text)       \
	 : (piece)->type == 'p'                                             \
		 ? CALL(function, to, size, piece, (void *)(number | 1))    \
	 : (piece)->is_long ? CALL(function, to, size, piece, (long)number) \
			    : CALL(function, to, size, piece, (int)number))

/* The host's own; its vsnprintf() has the kernel's name here. */
static int host_format(char *to, size_t size, const char *format, ...)
{
	va_list arguments;
	int length;

	(void)size;
	va_start(arguments, format);
	length = vsprintf(to, format, arguments);
	va_end(arguments);
	return length;
}

static void check_like_libc(struct fuzz_input *input)
{
	const struct piece piece = read_piece(input);
	const uint64_t number = fuzz_number(input, 8) >> fuzz_below(input, 64);
	const size_t size = fuzz_below(input, 80);
	const char *text = "some text, \xb0\xb1\xb2";
	char wanted[TEXT_MAX];
	char *got = malloc(size + 1);
	const int length = CALL_TYPED(host_format, wanted, sizeof(wanted),
				      &piece, number, text);
	int own;

	got[0] = '?';
	own = CALL_TYPED(snprintf, got, size, &piece, number, text);
	FUZZ_CHECK(own == length);
	if (size == 0) {
		FUZZ_CHECK(got[0] == '?');
	} else {
		if ((size_t)length >= size)
			wanted[size - 1] = '\0';
		FUZZ_CHECK(strcmp(got, wanted) == 0);
	}
	free(got);
}

/* Takes so much, then leaves: widths may be of any size. */
struct sink {
	jmp_buf full;
	size_t length;
};

static void take(void *context, const char *text, size_t length)
{
	struct sink *sink = context;

	FUZZ_CHECK(length > 0 && text != NULL);
	sink->length += length;
	if (sink->length > SINK_LIMIT)
		longjmp(sink->full, 1);
}

static void print_any(struct sink *sink, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	if (setjmp(sink->full) == 0)
		printf_to(take, sink, format, arguments);
	va_end(arguments);
}

/* Not a conversion more than there are arguments, all of them strings: as
 * numbers, they are read as their addresses. */
static void check_anything(struct fuzz_input *input)
{
	struct sink sink = { .length = 0 };
	char *format = malloc(input->size + 1);
	int arguments = 0;

	memcpy(format, input->data, input->size);
	format[input->size] = '\0';
	for (const char *at = format; *at != '\0'; at++)
		arguments += *at == '%' || *at == '*';
	if (arguments <= STARS_MAX)
		print_any(&sink, format, "a", "b", "c", "d", "e", "f", "g",
			  "h");
	free(format);
}

/* Widths and precisions of any size. */
static void check_extremes(struct fuzz_input *input)
{
	static const char *const formats[] = { "%*.*d",  "%-*.*x", "%#0*.*X",
					       "%0*.*p", "%*.*s",  "%-*.*c" };
	const char *format = formats[fuzz_below(input, 6)];
	const int width = fuzz_coordinate(input, 100);
	const int precision = fuzz_coordinate(input, 100);
	struct sink sink = { .length = 0 };

	print_any(&sink, format, width, precision, "text");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = { data, size };

	switch (fuzz_byte(&input) % 4) {
	case 0:
		check_anything(&input);
		break;
	case 1:
		check_extremes(&input);
		break;
	default:
		check_like_libc(&input);
		break;
	}
	return 0;
}
