/* SPDX-License-Identifier: MIT */
/*
 * The benchmarks as a program of the host. The limit is the C library's
 * memset; the same lines as in the kernel go to standard output.
 *
 *	bench FONT.psf MODE ROUNDS all|ours [benchmark]
 */
#include <kernel/console.h>
#include <kernel/kbench.h>
#include <kernel/ktest.h>
#include <lib/parse.h>
#include <lib/printf.h>
#include <lib/string.h>
#include <mm/heap.h>
#include <unistd.h>

#include "terminal.h"

/* Those of modules that no benchmark asks for. */
SET_DEFINE(heap_allocators);
SET_DEFINE(ktest_suites);

enum word {
	WORD_FONT = 1,
	WORD_MODE,
	WORD_ROUNDS,
	WORD_WAYS,
	WORD_ONLY,
};

enum {
	NS_PER_S = 1000000000,
	STATUS_WRONG = 1,
	STATUS_USAGE = 2,
};

void console_write(const char *text, size_t length)
{
	while (length != 0) {
		const ssize_t done = write(STDOUT_FILENO, text, length);

		if (done <= 0)
			_exit(STATUS_USAGE);
		text += done;
		length -= (size_t)done;
	}
}

static void write_piece(void *context, const char *text, size_t length)
{
	(void)context;
	console_write(text, length);
}

void console_printf(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	printf_to(write_piece, NULL, format, arguments);
	va_end(arguments);
}

static enum terminal_mode mode_of(const char *word)
{
	static const char *const names[TERMINAL_MODES] = {
		[TERMINAL_IMMEDIATE] = "immediate",
		[TERMINAL_DEFERRED] = "deferred",
		[TERMINAL_PANNING] = "panning",
	};
	enum terminal_mode mode = 0;

	while (mode < TERMINAL_MODES && strcmp(word, names[mode]) != 0)
		mode++;
	return mode;
}

int main(int count, char **words)
{
	struct kbench_request request = {
		.clock = terminal_clock,
		.clock_hz = NS_PER_S,
	};
	enum terminal_mode mode;
	int32_t rounds = 0;

	if (count <= WORD_WAYS)
		return STATUS_USAGE;
	mode = mode_of(words[WORD_MODE]);
	request.ours_alone = strcmp(words[WORD_WAYS], "ours") == 0;
	if (mode == TERMINAL_MODES ||
	    parse_int32(words[WORD_ROUNDS], &rounds) != 0 ||
	    terminal_start(mode, request.ours_alone, words[WORD_FONT]) != 0)
		return STATUS_USAGE;
	request.rounds = (unsigned int)rounds;
	request.only = count > WORD_ONLY ? words[WORD_ONLY] : NULL;
	return kbench_run(&request) == 0 ? 0 : STATUS_WRONG;
}
