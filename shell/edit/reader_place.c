/* SPDX-License-Identifier: MIT */
/*
 * Makes room for lines of the log where a line is being edited: below all that
 * is shown of it, and then it is shown anew below them.
 */
#include "../line_start.h"
#include "reader_parts.h"
#include <kernel/console.h>
#include <kernel/log.h>

static struct editor *typing;

void reader_place_set(struct editor *editor)
{
	typing = editor;
}

static void reader_place_open(void)
{
	if (typing != NULL)
		line_view_leave(&typing->view, "\n");
	else if (!line_start_is_here())
		console_put_char('\n');
}

static void reader_place_close(void)
{
	if (typing != NULL)
		editor_show_again(typing);
}

static const struct log_place reader_place = {
	.open = reader_place_open,
	.close = reader_place_close,
};
LOG_PLACE(reader_place);
