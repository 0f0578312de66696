/* SPDX-License-Identifier: MIT */
/*
 * The text of a plan of failures: what is taken for one is digits and at most
 * one comma, and the first allocation that fails is the one that it says.
 */
#include "fuzz.h"

#include <string.h>

#include "../../lib/parse.c"
#include "../../mm/fail_plan.c"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct fail_plan before = { .every = 5, .left = 3 };
	struct fail_plan plan = before;
	char *text = malloc(size + 1), *rest;
	unsigned long every, after = 0;

	memcpy(text, data, size);
	text[size] = '\0';
	if (fail_plan_parse(text, &plan) != 0) {
		FUZZ_CHECK(memcmp(&plan, &before, sizeof(plan)) == 0);
		free(text);
		return 0;
	}
	every = strtoul(text, &rest, 10);
	FUZZ_CHECK(rest > text && plan.every == every);
	FUZZ_CHECK(plan.is_once == (*rest == ','));
	if (plan.is_once)
		after = strtoul(rest + 1, &rest, 10);
	FUZZ_CHECK(*rest == '\0');
	FUZZ_CHECK(plan.left == (every == 0 ? 0 : every - 1 + after));
	FUZZ_CHECK(fail_plan_next(&plan) == (every == 1 && after == 0));
	free(text);
	return 0;
}
