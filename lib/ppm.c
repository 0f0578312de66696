/* SPDX-License-Identifier: MIT */
/*
 * The header of binary PPM files, PURE. Layout: ppm(5) of Netpbm: "P6", width,
 * height and maximum as decimal numbers, each after white space, then a single
 * white space and the pixels. From a '#' to the end of its line is white space
 * as well, but for the single one.
 */
#include <kernel/errno.h>
#include <lib/ppm.h>
#include <stdbool.h>

enum {
	MAXIMUM_OF_A_BYTE = 255,
	BYTES_PER_PIXEL = 3,
};

/* What is left of the file. */
struct text {
	const uint8_t *at, *end;
};

static bool is_space(uint8_t byte)
{
	return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

static void skip_comment(struct text *text)
{
	while (text->at < text->end && *text->at != '\n' && *text->at != '\r')
		text->at++;
}

/* Pass white space; false where there is none. */
static bool skip_space(struct text *text)
{
	const uint8_t *start = text->at;

	for (; text->at < text->end; text->at++) {
		if (*text->at == '#')
			skip_comment(text);
		if (text->at == text->end || !is_space(*text->at))
			break;
	}
	return text->at > start;
}

/* White space, then a number of 1 to @limit. */
static bool take_number(struct text *text, uint32_t limit, uint32_t *number)
{
	uint32_t value = 0;

	if (!skip_space(text))
		return false;
	while (text->at < text->end && *text->at >= '0' && *text->at <= '9') {
		value = 10 * value + (uint32_t)(*text->at++ - '0');
		if (value > limit)
			return false;
	}
	*number = value;
	return value > 0;
}

int ppm_parse(const void *file, size_t size, struct ppm *ppm)
{
	struct text text = { file, (const uint8_t *)file + size };
	struct ppm found;

	if (size < 2 || text.at[0] != 'P' || text.at[1] != '6')
		return -EINVAL;
	text.at += 2;
	if (!take_number(&text, PPM_SIDE_MAX, &found.width) ||
	    !take_number(&text, PPM_SIDE_MAX, &found.height) ||
	    !take_number(&text, MAXIMUM_OF_A_BYTE, &found.maximum))
		return -EINVAL;
	if (text.at == text.end || !is_space(*text.at))
		return -EINVAL;
	found.pixels = text.at + 1;
	if ((uint64_t)found.width * found.height * BYTES_PER_PIXEL >
	    (size_t)(text.end - found.pixels))
		return -EINVAL;
	*ppm = found;
	return 0;
}
