/* SPDX-License-Identifier: MIT */
/*
 * Names between commas, PURE.
 */
#include <lib/name_list.h>
#include <lib/string.h>

static size_t name_length(const char *list)
{
	size_t length = 0;

	while (list[length] != ',' && list[length] != '\0')
		length++;
	return length;
}

bool name_list_next(const char **list, char *name, size_t size)
{
	size_t length, kept;

	if (**list == '\0')
		return false;
	length = name_length(*list);
	kept = length < size ? length : size - 1;
	memcpy(name, *list, kept);
	name[kept] = '\0';
	*list += length;
	if (**list == ',')
		(*list)++;
	return true;
}

bool name_list_has(const char *list, const char *name)
{
	const size_t wanted = strlen(name);

	while (*list != '\0') {
		const size_t length = name_length(list);

		if (length == wanted && memcmp(list, name, length) == 0)
			return true;
		list += length + (list[length] == ',');
	}
	return false;
}
