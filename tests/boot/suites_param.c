/* SPDX-License-Identifier: MIT */
/*
 * test= and seed=: what the boot test "All suites" runs.
 */
#include "suites_choice.h"

#include <kernel/boot_param.h>
#include <kernel/errno.h>
#include <lib/parse.h>
#include <lib/string.h>

enum {
	NAMES_BYTES = 512, /* all that a command line can have */
};

static char names[NAMES_BYTES];
static uint32_t seed = CONFIG_KTEST_SEED;

const char *suites_chosen(void)
{
	return names[0] == '\0' ? NULL : names;
}

uint32_t suites_seed(void)
{
	return seed;
}

static int test_set(const char *value)
{
	if (value == NULL || *value == '\0')
		return -EINVAL;
	strlcpy(names, value, sizeof(names));
	return 0;
}

static int seed_set(const char *value)
{
	int32_t number;

	if (value == NULL || parse_int32(value, &number) != 0 || number < 0)
		return -EINVAL;
	seed = (uint32_t)number;
	return 0;
}

BOOT_PARAM(test, "NAME[,NAME] (suites or groups to run)", test_set);
BOOT_PARAM(seed, "N (of the random numbers of tests; 0: another each time)",
	   seed_set);
