/* SPDX-License-Identifier: MIT */
/*
 * The Unicode table of PC screen fonts, PURE. Layouts: psf_format.h.
 *
 * The table lists characters by glyph; the index lists glyphs by character. It
 * is filled in the table's order, sorted, and rid of what is there twice.
 */
#include <kernel/errno.h>
#include <lib/psf.h>
#include <stdbool.h>

#include "psf_format.h"

/* What a table is made of. */
enum token {
	TOKEN_CHARACTER,
	TOKEN_SEQUENCE, /* the mark before a sequence */
	TOKEN_END,      /* of a glyph's list */
	TOKEN_INVALID,  /* a piece that is no character */
	TOKEN_NONE,     /* the table is over */
};

/* Where the reading is. */
struct table {
	const uint8_t *at, *end;
	bool is_psf2;
	bool in_sequence;
	uint32_t glyph, glyph_count;
};

static bool is_code_point(uint32_t number)
{
	return number <= 0x10ffff && (number < 0xd800 || number > 0xdfff);
}

/* PSF1: two bytes, the low one first. */
static enum token token_psf1(struct table *table, uint32_t *character)
{
	if (table->end - table->at < 2)
		return TOKEN_NONE;
	*character = table->at[0] | (uint32_t)table->at[1] << 8;
	table->at += 2;
	if (*character == PSF1_TABLE_END)
		return TOKEN_END;
	if (*character == PSF1_TABLE_SEQUENCE)
		return TOKEN_SEQUENCE;
	return is_code_point(*character) ? TOKEN_CHARACTER : TOKEN_INVALID;
}

/* Bytes that follow the first one of a character in UTF-8, or -1 where none
 * begins so (Unicode 15, section 3.9, table 3-6). */
static int utf8_following(uint8_t first)
{
	if (first < 0x80)
		return 0;
	if (first >= 0xc2 && first < 0xe0)
		return 1;
	if (first >= 0xe0 && first < 0xf0)
		return 2;
	return first >= 0xf0 && first < 0xf5 ? 3 : -1;
}

/* PSF2: UTF-8, in which the bytes of the two marks do not occur. */
static enum token token_psf2(struct table *table, uint32_t *character)
{
	static const uint32_t least[] = { 0, 0x80, 0x800, 0x10000 };
	uint8_t first;
	int following;

	if (table->at == table->end)
		return TOKEN_NONE;
	first = *table->at++;
	if (first == PSF2_TABLE_END)
		return TOKEN_END;
	if (first == PSF2_TABLE_SEQUENCE)
		return TOKEN_SEQUENCE;
	following = utf8_following(first);
	if (following < 0)
		return TOKEN_INVALID;
	*character = following == 0 ? first : first & (0x3f >> following);
	for (int i = 0; i < following; i++) {
		if (table->at == table->end || (*table->at & 0xc0) != 0x80)
			return TOKEN_INVALID;
		*character = *character << 6 | (*table->at++ & 0x3f);
	}
	return *character >= least[following] && is_code_point(*character)
		       ? TOKEN_CHARACTER
		       : TOKEN_INVALID;
}

/* Begin to read the table of a font; an empty one where it has none. */
static struct table table_open(const uint8_t *file, size_t size)
{
	struct table table = { .at = file, .end = file };
	struct psf psf;
	bool has_table;

	if (psf_parse(file, size, &psf) != 0)
		return table;
	table.is_psf2 = file[0] != PSF1_MAGIC_0;
	has_table = table.is_psf2
			    ? (file[PSF2_FLAGS] & PSF2_FLAG_TABLE) != 0
			    : (file[PSF1_MODE] &
			       (PSF1_MODE_TABLE | PSF1_MODE_SEQUENCES)) != 0;
	if (!has_table)
		return table;
	table.at = psf.bitmap + (size_t)psf.glyph_count * psf.bytes_per_glyph;
	table.end = file + size;
	table.glyph_count = psf.glyph_count;
	return table;
}

/* The next single character and its glyph; false where the table is over. */
static bool table_next(struct table *table, struct psf_character *found)
{
	while (table->glyph < table->glyph_count) {
		uint32_t character;
		enum token token = table->is_psf2
					   ? token_psf2(table, &character)
					   : token_psf1(table, &character);

		if (token == TOKEN_NONE)
			return false;
		if (token == TOKEN_END) {
			table->glyph++;
			table->in_sequence = false;
		} else if (token == TOKEN_SEQUENCE) {
			table->in_sequence = true;
		} else if (token == TOKEN_CHARACTER && !table->in_sequence) {
			*found = (struct psf_character){ character,
							 table->glyph };
			return true;
		}
	}
	return false;
}

size_t psf_unicode_room(const void *file, size_t size)
{
	struct table table = table_open(file, size);
	struct psf_character found;
	size_t count = 0;

	while (table_next(&table, &found))
		count++;
	return count;
}

/* Does @a stand before @b? The first glyph of a character is the lowest. */
static bool is_before(struct psf_character a, struct psf_character b)
{
	return a.code_point != b.code_point ? a.code_point < b.code_point
					    : a.glyph < b.glyph;
}

/* Let @list[root] sink to its place among the @count of a heap, the last in
 * order on top. */
static void sink(struct psf_character *list, size_t root, size_t count)
{
	const struct psf_character moved = list[root];

	for (;;) {
		size_t child = 2 * root + 1;

		if (child >= count)
			break;
		if (child + 1 < count &&
		    is_before(list[child], list[child + 1]))
			child++;
		if (!is_before(moved, list[child]))
			break;
		list[root] = list[child];
		root = child;
	}
	list[root] = moved;
}

static void sort(struct psf_character *list, size_t count)
{
	for (size_t root = count / 2; root-- > 0;)
		sink(list, root, count);
	for (size_t end = count; end-- > 1;) {
		const struct psf_character last = list[0];

		list[0] = list[end];
		list[end] = last;
		sink(list, 0, end);
	}
}

void psf_unicode_build(const void *file, size_t size,
		       struct psf_character *characters, size_t room,
		       struct psf_unicode *index)
{
	struct table table = table_open(file, size);
	size_t count = 0, kept = 0;

	while (count < room && table_next(&table, &characters[count]))
		count++;
	sort(characters, count);
	for (size_t i = 0; i < count; i++)
		if (kept == 0 ||
		    characters[i].code_point != characters[kept - 1].code_point)
			characters[kept++] = characters[i];
	*index = (struct psf_unicode){ characters, kept };
}

int32_t psf_unicode_glyph(const struct psf_unicode *index, uint32_t code_point)
{
	size_t low = 0, high = index->count;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;

		if (index->characters[middle].code_point < code_point)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < index->count &&
	    index->characters[low].code_point == code_point)
		return (int32_t)index->characters[low].glyph;
	return -ENOENT;
}
