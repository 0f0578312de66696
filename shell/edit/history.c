/* SPDX-License-Identifier: MIT */
/*
 * The lines that were typed before, PURE: one behind the other in one piece of
 * memory, which is moved down where the oldest goes. That is a copy of a few
 * KiB when a person presses Enter.
 */
#include "history.h"

#include <lib/string.h>

void history_init(struct history *history, char *bytes, size_t size)
{
	*history = (struct history){ .bytes = bytes, .size = size };
}

static void forget_oldest(struct history *history)
{
	const size_t size = strlen(history->bytes) + 1;

	history->used -= size;
	history->count--;
	memmove(history->bytes, history->bytes + size, history->used);
}

void history_add(struct history *history, const char *line)
{
	const size_t size = strlen(line) + 1;
	const char *const last = history_line(history, 0);

	if (size == 1 || size > history->size ||
	    (last != NULL && strcmp(last, line) == 0))
		return;
	while (size > history->size - history->used)
		forget_oldest(history);
	memcpy(history->bytes + history->used, line, size);
	history->used += size;
	history->count++;
}

const char *history_line(const struct history *history, size_t back)
{
	const char *line = history->bytes;

	if (back >= history->count)
		return NULL;
	for (size_t i = history->count - 1; i > back; i--)
		line += strlen(line) + 1;
	return line;
}

static bool has_part(const char *line, const char *part)
{
	const size_t length = strlen(part);

	for (size_t left = strlen(line); left >= length; left--, line++) {
		if (memcmp(line, part, length) == 0)
			return true;
	}
	return false;
}

size_t history_find(const struct history *history, const char *part,
		    size_t back)
{
	while (back < history->count &&
	       !has_part(history_line(history, back), part))
		back++;
	return back < history->count ? back : history->count;
}

bool history_check(const struct history *history)
{
	size_t count = 0;

	if (history->used > history->size)
		return false;
	for (size_t i = 0; i < history->used; i++) {
		if (history->bytes[i] != '\0')
			continue;
		if (i == 0 || history->bytes[i - 1] == '\0')
			return false;
		count++;
	}
	return count == history->count &&
	       (history->used == 0 ||
		history->bytes[history->used - 1] == '\0');
}
