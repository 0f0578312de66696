/* SPDX-License-Identifier: MIT */
/*
 * The value of the boot parameter panic=, taken apart, PURE.
 */
#include "panic_choice.h"

#include <kernel/errno.h>
#include <lib/parse.h>
#include <lib/string.h>

static int choose(struct panic_choice *choice, const char *name,
		  int32_t seconds)
{
	if (seconds < 0 || seconds > PANIC_SECONDS_MAX)
		return -EINVAL;
	strlcpy(choice->name, name, sizeof(choice->name));
	choice->seconds = (uint32_t)seconds;
	return 0;
}

int panic_choice_parse(const char *value, struct panic_choice *choice)
{
	char name[PANIC_NAME_BYTES];
	int32_t seconds = (int32_t)choice->seconds;
	size_t length = 0;

	/* As Linux has it: 0 is for ever. */
	if (parse_int32(value, &seconds) == 0)
		return choose(choice, seconds == 0 ? "halt" : "reboot",
			      seconds);
	while (value[length] != '\0' && value[length] != ':')
		length++;
	if (length == 0 || length >= sizeof(name))
		return -EINVAL;
	if (value[length] == ':' &&
	    parse_int32(value + length + 1, &seconds) != 0)
		return -EINVAL;
	strlcpy(name, value, length + 1);
	return choose(choice, name, seconds);
}
