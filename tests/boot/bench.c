/* SPDX-License-Identifier: MIT */
/*
 * The benchmarks that are in the kernel, in one boot. What to run is told from
 * outside, in words, by QEMU's
 *
 *	-fw_cfg name=opt/tessera/bench,string="all rounds=5 fill"
 *
 *	all	seed and limit, too; else ours alone, once, to see that it runs
 *	rounds=	of each
 *	hz=	of the time stamp counter, where that is known
 *	quiet	interrupts off while a way runs: so its instructions repeat
 *	fill	this benchmark only, or all whose names begin with it and _
 */
#include <arch/cpu.h>
#include <drivers/qemu_fw_cfg.h>
#include <kernel/boot_test.h>
#include <kernel/kbench.h>
#include <kernel/util.h>
#include <lib/parse.h>
#include <lib/string.h>

#include "../bench/kernel/clock.h"
#include "boot_test.h"

enum {
	REQUEST_BYTES = 200,
	WORDS_MAX = 5,
};

/* Does the word begin so? Then what follows is in *@rest. */
static bool begins(const char *word, const char *with, const char **rest)
{
	*rest = word + strlen(with);
	return strlen(word) >= strlen(with) &&
	       memcmp(word, with, strlen(with)) == 0;
}

/* A number that is none becomes 0, which kbench_run() refuses. */
static uint32_t number_of(const char *text)
{
	int32_t value = 0;

	if (parse_int32(text, &value) != 0 || value < 0)
		return 0;
	return (uint32_t)value;
}

static void take_word(struct kbench_request *request, const char *word)
{
	const char *rest;

	if (strcmp(word, "all") == 0)
		request->ours_alone = false;
	else if (strcmp(word, "quiet") == 0)
		request->is_quiet = true;
	else if (begins(word, "rounds=", &rest))
		request->rounds = number_of(rest);
	else if (begins(word, "hz=", &rest))
		request->clock_hz = number_of(rest);
	else
		request->only = word;
}

static __noreturn void bench_run(void)
{
	static char text[REQUEST_BYTES];
	struct kbench_request request = {
		.rounds = 1,
		.ours_alone = true,
		.clock = cpu_cycles,
	};
	char *words[WORDS_MAX];
	size_t count = 0;

	if (qemu_fw_cfg_read("opt/tessera/bench", text, sizeof(text)) > 0)
		count = parse_words(text, words, ARRAY_SIZE(words));
	for (size_t i = 0; i < count; i++)
		take_word(&request, words[i]);
	if (request.clock_hz == 0)
		request.clock_hz = bench_clock_hz();
	boot_test_finish("bench", kbench_run(&request) == 0);
}

static const struct boot_test bench = {
	.name = "bench",
	.run = bench_run,
};
BOOT_TEST(bench);
