/* SPDX-License-Identifier: MIT */
/*
 * Parts of the shell's line editor that options leave out: then each does
 * nothing. Not for interrupt handlers.
 */
#ifndef READER_PARTS_H
#define READER_PARTS_H

#include "editor.h"
#include "history.h"

#ifdef CONFIG_SHELL_HISTORY
void reader_history_start(void);

/* A line begins. */
void reader_history_begin(void);

/* Take a key before the editor does; true where it was for the history. */
bool reader_history_key(struct editor *editor, enum edit_key key,
			const char *text, size_t length);

void reader_history_add(const char *line);

/* The lines of before, for who shows them. */
const struct history *reader_history(void);
#else
static inline void reader_history_start(void)
{
}

static inline void reader_history_begin(void)
{
}

static inline bool reader_history_key(struct editor *editor, enum edit_key key,
				      const char *text, size_t length)
{
	(void)editor;
	(void)key;
	(void)text;
	(void)length;
	return false;
}

static inline void reader_history_add(const char *line)
{
	(void)line;
}
#endif

#ifdef CONFIG_SHELL_COMPLETE
void reader_complete_start(void);

/* Take a key before the editor does; true where it was Tab. */
bool reader_complete_key(struct editor *editor, enum edit_key key);
#else
static inline void reader_complete_start(void)
{
}

/* Tab is a blank. */
static inline bool reader_complete_key(struct editor *editor, enum edit_key key)
{
	if (key == EDIT_KEY_TAB)
		editor_key(editor, EDIT_KEY_CHARACTER, " ", 1);
	return key == EDIT_KEY_TAB;
}
#endif

#ifdef CONFIG_LOG_PLACES
/* A line is being typed there, or, with NULL, none: lines of the log that come
 * meanwhile are shown above it. */
void reader_place_set(struct editor *editor);
#else
static inline void reader_place_set(struct editor *editor)
{
	(void)editor;
}
#endif

#endif
