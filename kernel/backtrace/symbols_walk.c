/* SPDX-License-Identifier: MIT */
/*
 * All names of the table in the image.
 */
#include <kernel/symbols.h>

#include "symbol_table.h"
#include "symbols_image.h"

void symbols_walk(bool (*told)(void *context, uint64_t start, const char *name),
		  void *context)
{
	const struct symbol_table table = symbols_image();
	struct symbol_cursor cursor;

	symbol_cursor_begin(&cursor, &table);
	while (symbol_cursor_next(&cursor)) {
		if (!told(context, cursor.symbol.start, cursor.symbol.name))
			break;
	}
}
