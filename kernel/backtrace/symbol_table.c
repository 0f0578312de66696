/* SPDX-License-Identifier: MIT */
/*
 * Reads a table of names, PURE. Names are told by what they have more than the
 * one before (front coding), and pairs of codes that are frequent are one code
 * (byte pair encoding: P. Gage, A New Algorithm for Data Compression, 1994).
 * To find an address, the names are stepped over up to it, and only those are
 * made that the one in question builds upon.
 */
#include "symbol_table.h"

enum {
	AT_BASE = 0,
	AT_CODE_BYTES = 8,
	AT_COUNT = 12,
	AT_TOKENS = 14,
	AT_LETTERS = 15,
	AT_PAIRS = 16,

	GROUP_BITS = 7,
	STEP_BYTES = 16,
	CODES_MORE = 15,
	DEPTH_MAX = 32, /* of tokens within tokens */
};

/* What an entry says before its codes. */
struct entry {
	uint64_t distance;
	size_t kept;  /* letters of the name before */
	size_t codes; /* how many, from @at on */
	size_t at;
};

static uint64_t number_at(const struct symbol_table *table, size_t at,
			  size_t bytes)
{
	uint64_t number = 0;

	while (bytes-- > 0)
		number = number << 8 | table->bytes[at + bytes];
	return number;
}

static size_t entries_at(const struct symbol_table *table)
{
	return AT_PAIRS + 2 * (size_t)table->bytes[AT_TOKENS] +
	       table->bytes[AT_LETTERS];
}

/* The next byte; 0 behind the end, and the cursor is beyond it then. */
static uint8_t byte_take(struct symbol_cursor *cursor)
{
	const size_t at = cursor->at++;

	return at < cursor->table->size_bytes ? cursor->table->bytes[at] : 0;
}

static uint64_t distance_take(struct symbol_cursor *cursor)
{
	uint64_t number = 0;
	unsigned int shift = 0;
	uint8_t byte;

	do {
		byte = byte_take(cursor);
		number |= (uint64_t)(byte & 0x7f) << shift;
		shift += GROUP_BITS;
	} while (byte & 0x80 && shift < 64);
	return number & 1 ? number >> 1 : (number >> 1) * STEP_BYTES;
}

/* Step over an entry. False where there is none that is whole. */
static bool entry_take(struct symbol_cursor *cursor, struct entry *entry)
{
	uint8_t byte;

	if (cursor->left == 0)
		return false;
	cursor->left--;
	entry->distance = distance_take(cursor);
	byte = byte_take(cursor);
	entry->kept = byte >> 4;
	entry->codes = byte & 15;
	if (entry->codes == CODES_MORE)
		entry->codes += byte_take(cursor);
	entry->at = cursor->at;
	if (cursor->at > cursor->table->size_bytes ||
	    cursor->table->size_bytes - cursor->at < entry->codes)
		return false;
	cursor->at += entry->codes;
	return true;
}

/* Put the letters of a code at @length of a name; the new length. Tokens are
 * made of codes until only letters are left. */
static size_t code_spell(const struct symbol_table *table, uint8_t code,
			 char *name, size_t length)
{
	const unsigned int tokens = table->bytes[AT_TOKENS];
	uint8_t waiting[DEPTH_MAX + 1];
	size_t count = 1;

	waiting[0] = code;
	while (count > 0 && count < DEPTH_MAX &&
	       length < SYMBOL_NAME_BYTES - 1) {
		const uint8_t one = waiting[--count];
		const size_t pair = AT_PAIRS + 2 * (size_t)one;

		if (one < tokens) {
			waiting[count++] = table->bytes[pair + 1];
			waiting[count++] = table->bytes[pair];
		} else if (one - tokens < table->bytes[AT_LETTERS]) {
			name[length++] = (char)table->bytes[AT_PAIRS + tokens +
							    (size_t)one];
		}
	}
	return length;
}

/* Make the name of an entry from that of the one before. */
static void name_make(const struct symbol_table *table,
		      const struct entry *entry, char *name)
{
	size_t length = 0;

	while (length < entry->kept && name[length] != '\0')
		length++;
	for (size_t i = 0; i < entry->codes; i++)
		length = code_spell(table, table->bytes[entry->at + i], name,
				    length);
	name[length] = '\0';
}

void symbol_cursor_begin(struct symbol_cursor *cursor,
			 const struct symbol_table *table)
{
	*cursor = (struct symbol_cursor){ .table = table };
	if (table->size_bytes < AT_PAIRS ||
	    table->size_bytes < entries_at(table))
		return;
	cursor->at = entries_at(table);
	cursor->left = (unsigned int)number_at(table, AT_COUNT, 2);
	cursor->symbol.start = number_at(table, AT_BASE, 8);
}

bool symbol_cursor_next(struct symbol_cursor *cursor)
{
	struct entry entry;

	if (!entry_take(cursor, &entry))
		return false;
	cursor->symbol.start += entry.distance;
	name_make(cursor->table, &entry, cursor->symbol.name);
	return true;
}

bool symbol_table_find(const struct symbol_table *table, uint64_t address,
		       struct symbol *found)
{
	struct symbol_cursor cursor, whole, before;
	struct entry entry;
	bool is_found = false;

	symbol_cursor_begin(&cursor, table);
	if (cursor.left == 0 ||
	    address - cursor.symbol.start >= number_at(table, AT_CODE_BYTES, 4))
		return false;
	whole = cursor;
	for (before = cursor; entry_take(&cursor, &entry); before = cursor) {
		cursor.symbol.start += entry.distance;
		if (cursor.symbol.start > address)
			break;
		if (entry.kept == 0)
			whole = before;
		is_found = true;
	}
	if (!is_found)
		return false;
	while (whole.left > before.left)
		(void)symbol_cursor_next(&whole);
	*found = whole.symbol;
	return true;
}
