/* SPDX-License-Identifier: MIT */
/*
 * A line that is edited, PURE: its text, a cursor between two characters, and
 * what was cut last. Any context.
 */
#ifndef LINE_BUFFER_H
#define LINE_BUFFER_H

#include <stdbool.h>
#include <stddef.h>

struct line_buffer {
	char *text; /* capacity + 1 bytes, not owned; always ended by 0 */
	char *cut;  /* capacity bytes, not owned */
	size_t capacity, length, cursor, cut_length; /* bytes */
	bool is_utf8;
};

/* An empty line in @text of @capacity + 1 bytes, with @cut of @capacity; both
 * must stay as long as the line is used. */
void line_buffer_init(struct line_buffer *line, char *text, char *cut,
		      size_t capacity, bool is_utf8);

/* Make @text the line, as much as fits, the cursor behind it. */
void line_buffer_set(struct line_buffer *line, const char *text);

/* Put @length bytes, whole characters, before the cursor. False where there is
 * no room for all: nothing is put then. */
bool line_buffer_insert(struct line_buffer *line, const char *text,
			size_t length);

/* Take [@from, @to) away. The cursor stays at its character, or at @from. */
void line_buffer_erase(struct line_buffer *line, size_t from, size_t to);

/* The same, kept for line_buffer_paste(); nothing is kept of nothing. */
void line_buffer_cut(struct line_buffer *line, size_t from, size_t to);

/* Put what was cut before the cursor, if there is room for it. */
void line_buffer_paste(struct line_buffer *line);

/* Exchange the characters before and behind the cursor and step behind them; at
 * the end of the line the last two. */
void line_buffer_swap(struct line_buffer *line);

/* Places in the line, from @at: the next character, the one before, the end of
 * the word that comes and the start of the one before (of letters and digits),
 * and that of the one before up to a blank. */
size_t line_buffer_right(const struct line_buffer *line, size_t at);
size_t line_buffer_left(const struct line_buffer *line, size_t at);
size_t line_buffer_word_right(const struct line_buffer *line, size_t at);
size_t line_buffer_word_left(const struct line_buffer *line, size_t at);
size_t line_buffer_blank_left(const struct line_buffer *line, size_t at);

/* Do all invariants hold? */
bool line_buffer_check(const struct line_buffer *line);

#endif
