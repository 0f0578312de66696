/* SPDX-License-Identifier: MIT */
/*
 * A command line: every word lies within it, in order, and what is not a
 * blank, a quote or the '=' behind a name is in some word.
 */
#include "fuzz.h"

#include <string.h>

#include "../../kernel/boot_line.c"

static size_t signs_in(const char *text)
{
	size_t count = 0;

	for (; *text != '\0'; text++)
		count += !is_blank(*text) && *text != '"' && *text != '=';
	return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *line = malloc(size + 1), *at = line;
	const char *before = line;
	size_t length, signs, found = 0;
	struct boot_word word;

	memcpy(line, data, size);
	line[size] = '\0';
	length = strlen(line);
	signs = signs_in(line);
	while (boot_line_next(&at, &word)) {
		FUZZ_CHECK(word.name >= before && word.name <= line + length);
		FUZZ_CHECK(at > word.name || *at == '\0');
		FUZZ_CHECK(boot_line_is_name(word.name, word.name));
		found += signs_in(word.name);
		if (word.value != NULL) {
			FUZZ_CHECK(word.value > word.name);
			FUZZ_CHECK(word.value <= line + length);
			found += signs_in(word.value);
		}
		before = at;
	}
	FUZZ_CHECK(at == line + length);
	FUZZ_CHECK(found == signs);
	free(line);
	return 0;
}
