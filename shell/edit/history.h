/* SPDX-License-Identifier: MIT */
/*
 * The lines that were typed before, PURE: as many of the latest as fit into
 * some memory. Any context.
 */
#ifndef HISTORY_H
#define HISTORY_H

#include <stdbool.h>
#include <stddef.h>

struct history {
	char *bytes; /* lines, the oldest first, each ended by 0; not owned */
	size_t size, used, count;
};

/* No lines; @bytes is @size bytes long and must stay. */
void history_init(struct history *history, char *bytes, size_t size);

/* Keep a line, and forget the oldest ones where there is no room. An empty one,
 * one that is the same as the last, and one too long for the memory are not
 * kept. */
void history_add(struct history *history, const char *line);

/* The latest line but @back of them (0: the latest), until the next add; NULL
 * where there are not so many. */
const char *history_line(const struct history *history, size_t back);

/* How far back the first line is that has @part in it, from @back on; the count
 * of lines where none has. */
size_t history_find(const struct history *history, const char *part,
		    size_t back);

/* Do all invariants hold? */
bool history_check(const struct history *history);

#endif
