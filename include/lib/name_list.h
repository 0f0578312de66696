/* SPDX-License-Identifier: MIT */
/*
 * Names between commas, PURE. Any context.
 */
#ifndef LIB_NAME_LIST_H
#define LIB_NAME_LIST_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The next name of a list, ended by a zero, and cut where it has no room in
 * @size bytes (1 or more); *@list goes on behind it. False where none is left.
 * Before the first comma and between two there may be a name of no characters;
 * behind the last one there is none where nothing follows.
 */
bool name_list_next(const char **list, char *name, size_t size);

/* Is this one of the names, as a whole? */
bool name_list_has(const char *list, const char *name);

#endif
