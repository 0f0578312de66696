/* SPDX-License-Identifier: MIT */
/*
 * Numbers as arguments of commands. What a usage calls <hex> is hexadecimal,
 * as those numbers are written everywhere; all else is decimal, or hexadecimal
 * behind 0x.
 */
#include "number_argument.h"

#include <kernel/errno.h>
#include <lib/parse.h>
#include <lib/parse_u64.h>
#include <shell/error.h>

enum {
	BITS_MIN = 8,
};

int shell_number_argument(const struct shell_args *args, int index,
			  const struct shell_number *number, uint64_t *value)
{
	const char *const word = args->words[index];
	uint64_t found = 0;
	const int error = number->is_hex ? parse_hex_u64(word, &found)
					 : parse_u64(word, &found);

	if (error == -EINVAL) {
		shell_error_at(args, index, "Invalid %s: %s\n", number->what,
			       word);
		return error;
	}
	if (error == -ERANGE || found > number->max) {
		shell_error_at(args, index,
			       number->is_hex
				       ? "Invalid %s: %s: more than 0x%lx\n"
				       : "Invalid %s: %s: more than %lu\n",
			       number->what, word, number->max);
		return -ERANGE;
	}
	*value = found;
	return 0;
}

int shell_width_argument(const struct shell_args *args, int index,
			 unsigned int max_bits, unsigned int *bits)
{
	uint64_t width = 0;

	if (index >= args->count)
		return 0;
	(void)parse_u64(args->words[index], &width);
	for (unsigned int known = BITS_MIN; known <= max_bits; known *= 2) {
		if (width == known) {
			*bits = known;
			return 0;
		}
	}
	shell_error_at(args, index, "Invalid width: %s: it is 8, 16%s bits\n",
		       args->words[index],
		       max_bits == 64 ? ", 32 or 64" : " or 32");
	return -EINVAL;
}
