/* SPDX-License-Identifier: MIT */
/*
 * Numbers as people write them, PURE.
 */
#include <kernel/errno.h>
#include <lib/parse.h>
#include <lib/parse_u64.h>
#include <stdbool.h>

static bool is_decimal(const char *text)
{
	if (*text == '\0')
		return false;
	for (; *text != '\0'; text++) {
		if (*text < '0' || *text > '9')
			return false;
	}
	return true;
}

int parse_u64(const char *text, uint64_t *value)
{
	uint64_t sum = 0;

	if (text[0] == '0' && (text[1] == 'x' || text[1] == 'X'))
		return parse_hex_u64(text, value);
	if (!is_decimal(text))
		return -EINVAL;
	for (; *text != '\0'; text++) {
		const uint64_t digit = (uint64_t)(*text - '0');

		if (sum > (UINT64_MAX - digit) / 10)
			return -ERANGE;
		sum = sum * 10 + digit;
	}
	*value = sum;
	return 0;
}
