/* SPDX-License-Identifier: MIT */
/*
 * What is seen of a line, PURE. What is to be seen is put together first, then
 * held against what is there: the same beginning stays, and, where the rest is
 * as long as before, so does the same end.
 */
#include "line_view.h"

#include "utf8_step.h"
#include <lib/string.h>
#include <stdint.h>

void line_view_init(struct line_view *view, char *memory, size_t capacity,
		    size_t columns, bool is_utf8)
{
	*view = (struct line_view){
		.shown = memory,
		.wanted = memory + line_view_bytes(capacity) / 2,
		.columns = columns,
		.is_utf8 = is_utf8,
	};
}

void line_view_set_echo(struct line_view *view, line_view_echo echo,
			void *context)
{
	view->echo = echo;
	view->context = context;
}

void line_view_forget(struct line_view *view)
{
	view->shown_length = 0;
	view->at = 0;
	view->first = 0;
}

void line_view_begin(struct line_view *view, const char *prompt)
{
	line_view_forget(view);
	view->shown_length = strlen(prompt);
	view->at = view->shown_length;
	memcpy(view->shown, prompt, view->shown_length);
}

/* ---- What is to be seen ------------------------------------------------- */

/* Keep the cursor in sight of a row with @room for characters, and neither of
 * the marks upon it. */
static void choose_first(struct line_view *view, size_t cursor, size_t count,
			 size_t room)
{
	const size_t end = view->first + room;
	const bool is_left = view->first > 0 && cursor <= view->first;
	const bool is_right =
		cursor > end || (end < count && cursor + 1 >= end);

	if (count <= room)
		view->first = 0;
	else if (is_left || is_right)
		view->first = cursor > room / 2 ? cursor - room / 2 : 0;
}

static void want(struct line_view *view, const char *text, size_t length)
{
	memcpy(view->wanted + view->wanted_length, text, length);
	view->wanted_length += length;
}

/* How many characters a row has room for behind the prompt. */
static size_t choose_room(struct line_view *view, const struct line_look *look)
{
	const size_t taken =
		utf8_count(look->prompt, strlen(look->prompt), view->is_utf8);
	size_t room;

	if (view->columns == 0)
		return SIZE_MAX;
	room = view->columns - 1 - taken;
	choose_first(view, utf8_count(look->text, look->cursor, view->is_utf8),
		     utf8_count(look->text, look->length, view->is_utf8), room);
	return room;
}

static void compose(struct line_view *view, const struct line_look *look)
{
	const size_t room = choose_room(view, look);
	size_t skipped = 0, put = 0, at = 0;

	view->wanted_length = 0;
	want(view, look->prompt, strlen(look->prompt));
	while (at < look->length && put < room) {
		const size_t next =
			utf8_next(look->text, look->length, at, view->is_utf8);

		if (at == look->cursor)
			view->wanted_at = view->wanted_length;
		if (skipped < view->first)
			skipped++;
		else if (put++ == 0 && view->first > 0)
			want(view, "<", 1);
		else if (put == room && next < look->length)
			want(view, ">", 1);
		else
			want(view, look->text + at, next - at);
		at = next;
	}
	if (look->cursor >= at)
		view->wanted_at = view->wanted_length;
}

/* ---- Showing it --------------------------------------------------------- */

static void repeat(struct line_view *view, char c, size_t count)
{
	char many[32];

	memset(many, c, sizeof(many));
	while (count > 0) {
		const size_t now = count < sizeof(many) ? count : sizeof(many);

		view->echo(view->context, many, now);
		count -= now;
	}
}

/* From the cursor to a place of what is shown. */
static void go(struct line_view *view, size_t to)
{
	if (to < view->at)
		repeat(view, '\b',
		       utf8_count(view->shown + to, view->at - to,
				  view->is_utf8));
	else if (to > view->at)
		view->echo(view->context, view->shown + view->at,
			   to - view->at);
	view->at = to;
}

static size_t same_start(const struct line_view *view)
{
	const char *const shown = view->shown, *const wanted = view->wanted;
	size_t at = 0;

	while (at < view->shown_length && at < view->wanted_length &&
	       shown[at] == wanted[at])
		at++;
	while (at > 0 && ((at < view->shown_length &&
			   utf8_goes_on(shown[at], view->is_utf8)) ||
			  (at < view->wanted_length &&
			   utf8_goes_on(wanted[at], view->is_utf8))))
		at--;
	return at;
}

/* Where what differs ends, in what is wanted: only where as many bytes and
 * characters are shown. */
static size_t change_end(const struct line_view *view, size_t from,
			 size_t old_count, size_t count)
{
	size_t end = view->wanted_length;

	if (old_count != count || view->shown_length != end)
		return end;
	while (end > from && view->shown[end - 1] == view->wanted[end - 1])
		end--;
	while (end < view->wanted_length &&
	       utf8_goes_on(view->wanted[end], view->is_utf8))
		end++;
	return end;
}

void line_view_show(struct line_view *view, const struct line_look *look)
{
	size_t from, end, old_count, count;

	compose(view, look);
	from = same_start(view);
	old_count = utf8_count(view->shown + from, view->shown_length - from,
			       view->is_utf8);
	count = utf8_count(view->wanted + from, view->wanted_length - from,
			   view->is_utf8);
	if (old_count != 0 || count != 0) {
		go(view, from);
		end = change_end(view, from, old_count, count);
		memcpy(view->shown + from, view->wanted + from,
		       view->wanted_length - from);
		view->shown_length = view->wanted_length;
		go(view, end);
		if (old_count > count) {
			repeat(view, ' ', old_count - count);
			repeat(view, '\b', old_count - count);
		}
	}
	go(view, view->wanted_at);
}

void line_view_leave(struct line_view *view, const char *text)
{
	go(view, view->shown_length);
	view->echo(view->context, text, strlen(text));
	line_view_forget(view);
}
