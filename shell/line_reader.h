/* SPDX-License-Identifier: MIT */
/*
 * How the shell reads a line: with the plain line editor, or, with SHELL_EDIT,
 * with that of edit/.
 */
#ifndef LINE_READER_H
#define LINE_READER_H

#ifdef CONFIG_SHELL_EDIT
#include "edit/editor.h"

struct line_reader {
	struct editor editor;
	struct key_decoder keys;
};

/*
 * Lines will be read into @line, of CONFIG_SHELL_LINE_MAX characters and the 0,
 * with the echo by @echo. Both must stay, as must the reader; there is one.
 */
void line_reader_init(struct line_reader *reader, char *line,
		      line_view_echo echo);

/* Begin an empty line behind @prompt, which was printed. */
void line_reader_begin(struct line_reader *reader, const char *prompt);

/* Wait for a byte of input and take it in. True where it has ended the line.
 * Not for interrupt handlers. */
bool line_reader_step(struct line_reader *reader);

/* The line has ended. */
void line_reader_end(struct line_reader *reader);
#else
#include "line_editor.h"
#include "log_place.h"
#include "sequence_skip.h"
#include <kernel/input.h>

struct line_reader {
	struct line_editor editor;
#ifdef CONFIG_SHELL_SEQUENCE_SKIP
	struct sequence_skip skip;
#endif
};

static inline void line_reader_init(struct line_reader *reader, char *line,
				    line_editor_echo echo)
{
	line_editor_init(&reader->editor, line, CONFIG_SHELL_LINE_MAX, echo,
			 NULL);
#ifdef CONFIG_SHELL_SEQUENCE_SKIP
	reader->skip = (struct sequence_skip){ 0 };
#endif
}

static inline void line_reader_begin(struct line_reader *reader,
				     const char *prompt)
{
	line_editor_reset(&reader->editor);
	log_place_set(prompt, reader->editor.text);
}

static inline bool line_reader_step(struct line_reader *reader)
{
	const char c = input_read_char();

#ifdef CONFIG_SHELL_SEQUENCE_SKIP
	if (sequence_skip_feed(&reader->skip, c))
		return false;
#endif
	return line_editor_feed(&reader->editor, c);
}

static inline void line_reader_end(struct line_reader *reader)
{
	(void)reader;
	log_place_set(NULL, NULL);
}
#endif

#endif
