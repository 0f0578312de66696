/* SPDX-License-Identifier: MIT */
/*
 * Lines of a text, PURE.
 */
#include "script_lines.h"

bool script_lines_next(struct script_lines *lines)
{
	const char *at = lines->next;

	if (at == lines->end)
		return false;
	lines->line = at;
	while (at < lines->end && *at != '\n')
		at++;
	lines->length = (size_t)(at - lines->line);
	if (lines->length != 0 && at[-1] == '\r')
		lines->length--;
	lines->next = at < lines->end ? at + 1 : at;
	lines->number++;
	return true;
}
