/* SPDX-License-Identifier: MIT */
/*
 * Which allocations are to fail, PURE: a count down to the next one.
 */
#include "fail_plan.h"

#include <kernel/errno.h>
#include <lib/parse.h>
#include <lib/string.h>

enum {
	NUMBER_MAX = 12, /* characters of a number, its zero included */
};

/* The number at *@text, which ends at a comma or with the text; *@text goes on
 * at what ended it. */
static int read_number(const char **text, uint32_t *number)
{
	char digits[NUMBER_MAX];
	size_t length = 0;
	int32_t value;

	while ((*text)[length] != ',' && (*text)[length] != '\0')
		length++;
	if (length >= sizeof(digits))
		return -EINVAL;
	memcpy(digits, *text, length);
	digits[length] = '\0';
	if (parse_int32(digits, &value) != 0 || value < 0)
		return -EINVAL;
	*text += length;
	*number = (uint32_t)value;
	return 0;
}

int fail_plan_parse(const char *text, struct fail_plan *plan)
{
	uint32_t every, after = 0;
	bool is_once;

	if (read_number(&text, &every) != 0)
		return -EINVAL;
	is_once = *text == ',';
	text += is_once;
	if (is_once && (every == 0 || read_number(&text, &after) != 0))
		return -EINVAL;
	if (*text != '\0')
		return -EINVAL;
	*plan = fail_plan_of(every);
	plan->is_once = is_once;
	plan->left += after;
	return 0;
}

struct fail_plan fail_plan_of(uint32_t every)
{
	return (struct fail_plan){ .every = every,
				   .left = every == 0 ? 0 : every - 1 };
}

bool fail_plan_next(struct fail_plan *plan)
{
	if (plan->every == 0)
		return false;
	if (plan->left != 0) {
		plan->left--;
		return false;
	}
	*plan = fail_plan_of(plan->is_once ? 0 : plan->every);
	return true;
}
