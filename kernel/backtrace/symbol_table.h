/* SPDX-License-Identifier: MIT */
/*
 * The names of functions by their addresses, in few bytes, PURE. The build
 * makes a table of each image (scripts/tessera/symbol_table.py); all numbers
 * in it have their low byte first:
 *
 *	8	address of the first function
 *	4	bytes from there to the end of the code
 *	2	number of functions, n
 *	1	number of tokens, t
 *	1	number of letters, l
 *	2 * t	tokens: each stands for two codes
 *	l	letters
 *	n times, in the order of addresses:
 *		from the function before to this one, in groups of 7 bits, the
 *			low ones first, a group with bit 7 set is not the last:
 *			16-byte steps * 2, or bytes * 2 + 1
 *		bits 7 to 4: so many letters as the name before has;
 *		bits 3 to 0: number of codes that follow, 15: the next byte + 15
 *		codes: below t a token, from there on a letter
 *
 * Nothing is believed: of a table that is damaged some name or none comes, and
 * no byte outside of it is read.
 */
#ifndef KERNEL_BACKTRACE_SYMBOL_TABLE_H
#define KERNEL_BACKTRACE_SYMBOL_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	SYMBOL_NAME_BYTES = 64, /* with the zero at the end */
};

struct symbol_table {
	const uint8_t *bytes;
	size_t size_bytes;
};

struct symbol {
	uint64_t start;
	char name[SYMBOL_NAME_BYTES];
};

/* A way through a table. @symbol is the one where it is. */
struct symbol_cursor {
	const struct symbol_table *table;
	struct symbol symbol;
	size_t at;         /* the next byte */
	unsigned int left; /* functions that follow */
};

/* Before the first function. */
void symbol_cursor_begin(struct symbol_cursor *cursor,
			 const struct symbol_table *table);

/* To the next function. False behind the last one. */
bool symbol_cursor_next(struct symbol_cursor *cursor);

/* The function that an address is in. False where it is in none. */
bool symbol_table_find(const struct symbol_table *table, uint64_t address,
		       struct symbol *found);

#endif
