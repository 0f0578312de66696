/* SPDX-License-Identifier: MIT */
/*
 * The line that is edited, PURE.
 */
#include "line_buffer.h"

#include "utf8_step.h"
#include <lib/string.h>

void line_buffer_init(struct line_buffer *line, char *text, char *cut,
		      size_t capacity, bool is_utf8)
{
	*line = (struct line_buffer){
		.text = text,
		.cut = cut,
		.capacity = capacity,
		.is_utf8 = is_utf8,
	};
	line->text[0] = '\0';
}

void line_buffer_set(struct line_buffer *line, const char *text)
{
	size_t length = strlen(text);

	if (length > line->capacity) {
		length = line->capacity;
		while (length > 0 && utf8_goes_on(text[length], line->is_utf8))
			length--;
	}
	memcpy(line->text, text, length);
	line->text[length] = '\0';
	line->length = length;
	line->cursor = length;
}

bool line_buffer_insert(struct line_buffer *line, const char *text,
			size_t length)
{
	char *const at = line->text + line->cursor;

	if (length > line->capacity - line->length)
		return false;
	memmove(at + length, at, line->length - line->cursor + 1);
	memcpy(at, text, length);
	line->length += length;
	line->cursor += length;
	return true;
}

void line_buffer_erase(struct line_buffer *line, size_t from, size_t to)
{
	memmove(line->text + from, line->text + to, line->length - to + 1);
	line->length -= to - from;
	if (line->cursor >= to)
		line->cursor -= to - from;
	else if (line->cursor > from)
		line->cursor = from;
}

void line_buffer_cut(struct line_buffer *line, size_t from, size_t to)
{
	if (from == to)
		return;
	memcpy(line->cut, line->text + from, to - from);
	line->cut_length = to - from;
	line_buffer_erase(line, from, to);
}

void line_buffer_paste(struct line_buffer *line)
{
	line_buffer_insert(line, line->cut, line->cut_length);
}

void line_buffer_swap(struct line_buffer *line)
{
	size_t middle = line->cursor, left, right;
	char kept[4];

	if (middle == line->length)
		middle = line_buffer_left(line, middle);
	left = line_buffer_left(line, middle);
	right = line_buffer_right(line, middle);
	if (left == middle || middle - left > sizeof(kept))
		return;
	memcpy(kept, line->text + left, middle - left);
	memmove(line->text + left, line->text + middle, right - middle);
	memcpy(line->text + left + (right - middle), kept, middle - left);
	line->cursor = right;
}

size_t line_buffer_right(const struct line_buffer *line, size_t at)
{
	return utf8_next(line->text, line->length, at, line->is_utf8);
}

size_t line_buffer_left(const struct line_buffer *line, size_t at)
{
	if (at > 0)
		at--;
	while (at > 0 && utf8_goes_on(line->text[at], line->is_utf8))
		at--;
	return at;
}

static bool is_in_word(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

size_t line_buffer_word_right(const struct line_buffer *line, size_t at)
{
	while (at < line->length && !is_in_word(line->text[at]))
		at++;
	while (at < line->length && is_in_word(line->text[at]))
		at++;
	return at;
}

size_t line_buffer_word_left(const struct line_buffer *line, size_t at)
{
	while (at > 0 && !is_in_word(line->text[at - 1]))
		at--;
	while (at > 0 && is_in_word(line->text[at - 1]))
		at--;
	return at;
}

size_t line_buffer_blank_left(const struct line_buffer *line, size_t at)
{
	while (at > 0 && line->text[at - 1] == ' ')
		at--;
	while (at > 0 && line->text[at - 1] != ' ')
		at--;
	return at;
}

bool line_buffer_check(const struct line_buffer *line)
{
	if (line->length > line->capacity || line->cursor > line->length ||
	    line->cut_length > line->capacity ||
	    line->text[line->length] != '\0' ||
	    utf8_goes_on(line->text[line->cursor], line->is_utf8))
		return false;
	for (size_t i = 0; i < line->length; i++) {
		if ((unsigned char)line->text[i] < ' ')
			return false;
	}
	return true;
}
