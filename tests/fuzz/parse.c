/* SPDX-License-Identifier: MIT */
/*
 * Words and numbers of a line against plain second versions: strtok(),
 * strtoull() and strtoll().
 */
#include "fuzz.h"

#include <ctype.h>
#include <string.h>

#include "../../lib/parse.c"

enum {
	WORDS_MAX = 5,
};

static void check_words(const char *line)
{
	char *cut = strdup(line), *model = strdup(line);
	char *words[WORDS_MAX], *rest = NULL;
	const size_t count = parse_words(cut, words, WORDS_MAX);
	char *word = strtok_r(model, " \t", &rest);

	for (size_t i = 0; i < count; i++) {
		FUZZ_CHECK(word != NULL && strcmp(word, words[i]) == 0);
		word = strtok_r(NULL, " \t", &rest);
	}
	FUZZ_CHECK(word == NULL || count == WORDS_MAX);
	free(cut);
	free(model);
}

static void check_rest(const char *line)
{
	const char *rest = parse_rest(line);
	const char *at = line + strspn(line, " \t");

	at += strcspn(at, " \t");
	FUZZ_CHECK(rest == at + (*at != '\0'));
}

/* The error that the contract asks for. */
static int expected(const char *digits, const char *set, bool is_over)
{
	if (*digits == '\0' || digits[strspn(digits, set)] != '\0')
		return -EINVAL;
	return is_over ? -ERANGE : 0;
}

/* Digits that count. */
static size_t length_of(const char *digits)
{
	return strlen(digits + strspn(digits, "0"));
}

static void check_hex(const char *text)
{
	const bool has_prefix = text[0] == '0' && tolower(text[1]) == 'x';
	const char *digits = has_prefix ? text + 2 : text;
	const int error = expected(digits, "0123456789abcdefABCDEF",
				   length_of(digits) > 16);
	uint64_t value = 42;

	FUZZ_CHECK(parse_hex_u64(text, &value) == error);
	FUZZ_CHECK(value == (error == 0 ? strtoull(digits, NULL, 16) : 42));
}

static void check_decimal(const char *text)
{
	const char *digits = text + (*text == '-');
	const long long wanted = strtoll(text, NULL, 10);
	const int error =
		expected(digits, "0123456789", wanted != (int32_t)wanted);
	int32_t value = 42;

	FUZZ_CHECK(parse_int32(text, &value) == error);
	FUZZ_CHECK(value == (error == 0 ? wanted : 42));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);

	memcpy(text, data, size);
	text[size] = '\0';
	check_words(text);
	check_rest(text);
	check_hex(text);
	check_decimal(text);
	free(text);
	return 0;
}
