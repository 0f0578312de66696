/* SPDX-License-Identifier: MIT */
/*
 * Words and numbers of a line, PURE.
 *
 * Numbers are read twice: first for their form, then for their value, so that
 * a text which is no number is called so, however long it is.
 */
#include <kernel/errno.h>
#include <lib/parse.h>
#include <stdbool.h>

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* The value of a digit in bases up to 16; 16 for what is none. */
static unsigned int digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return 16;
}

static bool is_number(const char *text, unsigned int base)
{
	if (*text == '\0')
		return false;
	for (; *text != '\0'; text++) {
		if (digit_value(*text) >= base)
			return false;
	}
	return true;
}

/* Digits of @base into *@value, which is to be at most @limit. */
static int parse_digits(const char *text, unsigned int base, uint64_t limit,
			uint64_t *value)
{
	uint64_t sum = 0;

	if (!is_number(text, base))
		return -EINVAL;
	for (; *text != '\0'; text++) {
		unsigned int digit = digit_value(*text);

		if (sum > limit / base || digit > limit - sum * base)
			return -ERANGE;
		sum = sum * base + digit;
	}
	*value = sum;
	return 0;
}

size_t parse_words(char *line, char **words, size_t max)
{
	size_t count = 0;

	while (count < max) {
		while (is_blank(*line))
			line++;
		if (*line == '\0')
			break;
		words[count++] = line;
		while (*line != '\0' && !is_blank(*line))
			line++;
		if (*line != '\0')
			*line++ = '\0';
	}
	return count;
}

const char *parse_rest(const char *line)
{
	while (is_blank(*line))
		line++;
	while (*line != '\0' && !is_blank(*line))
		line++;
	return *line == '\0' ? line : line + 1;
}

int parse_hex_u64(const char *text, uint64_t *value)
{
	if (text[0] == '0' && (text[1] == 'x' || text[1] == 'X'))
		text += 2;
	return parse_digits(text, 16, UINT64_MAX, value);
}

int parse_int32(const char *text, int32_t *value)
{
	bool is_negative = *text == '-';
	uint64_t limit = (uint64_t)INT32_MAX + is_negative;
	uint64_t magnitude;
	int error;

	error = parse_digits(text + is_negative, 10, limit, &magnitude);
	if (error != 0)
		return error;
	*value = (int32_t)(is_negative ? -(int64_t)magnitude
				       : (int64_t)magnitude);
	return 0;
}
