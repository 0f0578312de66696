/* SPDX-License-Identifier: MIT */
/*
 * Numbers as arguments of commands, and the sentence about one that is none.
 */
#ifndef SHELL_COMMANDS_NUMBER_ARGUMENT_H
#define SHELL_COMMANDS_NUMBER_ARGUMENT_H

#include <kernel/types.h>
#include <shell/command.h>

/* What a word is to be. */
struct shell_number {
	const char *what; /* for the sentence: "address" */
	bool is_hex;      /* hexadecimal without 0x in front, too */
	uint64_t max;
};

/*
 * Word @index of a line, which it has, into *@value. Returns 0; -EINVAL for
 * what is no number, or -ERANGE for one above its limit, after a sentence to
 * the user: "Invalid port: 10000: more than 0xffff".
 */
int shell_number_argument(const struct shell_args *args, int index,
			  const struct shell_number *number, uint64_t *value);

/*
 * Word @index of a line as a width of 8, 16, 32 or 64 bits, at most @max_bits:
 * into *@bits, which stays where the line has no such word. Returns 0, or
 * -EINVAL after a sentence to the user.
 */
int shell_width_argument(const struct shell_args *args, int index,
			 unsigned int max_bits, unsigned int *bits);

#endif
