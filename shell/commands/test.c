/* SPDX-License-Identifier: MIT */
/*
 * test: runs the suites that are in the kernel, or one of them.
 */
#include <kernel/console.h>
#include <kernel/errno.h>
#include <kernel/ktest.h>
#include <lib/parse.h>
#include <lib/string.h>
#include <shell/command.h>
#include <shell/command_page.h>
#include <shell/complete.h>
#include <shell/error.h>

static const char seed_word[] = "seed=";

/* A word of the form seed=N into *@seed: 0, or -EINVAL where it is none. */
static int read_seed(const char *word, uint32_t *seed)
{
	const size_t length = sizeof(seed_word) - 1;
	int32_t value;

	if (strlen(word) <= length || memcmp(word, seed_word, length) != 0 ||
	    parse_int32(word + length, &value) != 0 || value < 0)
		return -EINVAL;
	*seed = (uint32_t)value;
	return 0;
}

static int test_run(const struct shell_args *args)
{
	uint32_t seed = CONFIG_KTEST_SEED;
	const char *only = NULL;
	int result;

	for (int i = 1; i < args->count; i++) {
		if (read_seed(args->words[i], &seed) == 0)
			continue;
		if (only != NULL) {
			shell_usage(args);
			shell_error_mark(args->words[i]);
			return -EINVAL;
		}
		only = args->words[i];
	}
	result = ktest_run(only, seed);
	if (result == -ENOENT)
		shell_error_mark(only);
	return result > 0 ? -EIO : result;
}

static void test_complete(struct shell_complete *complete)
{
	SET_FOREACH(suite, ktest_suites) {
		shell_complete_offer(complete, (*suite)->name);
		if ((*suite)->parent != NULL)
			shell_complete_offer(complete, (*suite)->parent);
	}
}
SHELL_COMPLETION(test, test_complete);

SHELL_COMMAND(test, "[suite,...] [seed=N]", "run the tests in this kernel",
	      test_run);

SHELL_COMMAND_PAGE(
	test,
	"Runs the tests in this kernel, all or those of suites and groups,\n"
	"by their names with commas between; what comes of each is told as\n"
	"KTAP. seed=N takes other random numbers, 0 ones that differ from\n"
	"run to run.\n"
	"Examples: test ring,heap\n"
	"          test seed=7\n"
	"A name that no suite has is told.\n");
