/* SPDX-License-Identifier: MIT */
/*
 * Which suites the boot test runs: those that test= names, with the random
 * numbers of seed= (option BOOT_TEST_PARAM), or all.
 */
#ifndef TESTS_SUITES_CHOICE_H
#define TESTS_SUITES_CHOICE_H

#include <kernel/types.h>

#ifdef CONFIG_BOOT_TEST_PARAM
/* As ktest_run() takes them. */
const char *suites_chosen(void);
uint32_t suites_seed(void);
#else
static inline const char *suites_chosen(void)
{
	return NULL;
}

static inline uint32_t suites_seed(void)
{
	return CONFIG_KTEST_SEED;
}
#endif

#endif
