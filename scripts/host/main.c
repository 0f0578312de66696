/* SPDX-License-Identifier: MIT */
/*
 * The suites as a program of the host: what kernel/ktest.c needs of the
 * kernel, and main(). Prints the same KTAP, to standard output.
 *
 *	suites [suite or group] [seed=N]
 */
#include <kernel/console.h>
#include <kernel/ktest.h>
#include <lib/parse.h>
#include <lib/printf.h>
#include <lib/string.h>
#include <mm/heap.h>
#include <unistd.h>

/* The heaps; in the kernel mm/heap.c has it. */
SET_DEFINE(heap_allocators);

void console_write(const char *text, size_t length)
{
	while (length != 0) {
		const ssize_t done = write(STDOUT_FILENO, text, length);

		if (done <= 0)
			_exit(2);
		text += done;
		length -= (size_t)done;
	}
}

void console_put_char(char c)
{
	console_write(&c, 1);
}

static void write_piece(void *context, const char *text, size_t length)
{
	(void)context;
	console_write(text, length);
}

void console_vprintf(const char *format, va_list arguments)
{
	printf_to(write_piece, NULL, format, arguments);
}

void console_printf(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	console_vprintf(format, arguments);
	va_end(arguments);
}

int main(int count, char **words)
{
	static const char seed_word[] = "seed=";
	const char *only = NULL;
	int32_t seed = 1;

	for (int i = 1; i < count; i++) {
		if (strlen(words[i]) < sizeof(seed_word) ||
		    memcmp(words[i], seed_word, sizeof(seed_word) - 1) != 0 ||
		    parse_int32(words[i] + sizeof(seed_word) - 1, &seed) != 0)
			only = words[i];
	}
	return ktest_run(only, (uint32_t)seed) == 0 ? 0 : 1;
}
