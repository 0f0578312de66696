/* SPDX-License-Identifier: MIT */
/*
 * What a loader brings for the shell: the names of modules, found in any
 * information, and any text as a script. No byte outside is read; lines,
 * commands and words lie in the text, in order, and fit where they are copied.
 */
#include "fuzz.h"

#include <string.h>

#include "../../arch/x86_64/boot/module_name.c"
#include "../../shell/language/quoting.c"
#include "../../shell/language/script_lines.c"

enum {
	ROOM = 32,
	WORDS_MAX = 8,
};

static void check_modules(const struct boot_module *modules, size_t count)
{
	FUZZ_CHECK(count <= BOOT_MODULES_MAX);
	for (size_t i = 0; i < count; i++) {
		FUZZ_CHECK(modules[i].size != 0);
		FUZZ_CHECK(modules[i].base < BOOT_PHYS_LIMIT);
		FUZZ_CHECK(modules[i].size <=
			   BOOT_PHYS_LIMIT - modules[i].base);
		FUZZ_CHECK(memchr(modules[i].name, 0,
				  sizeof(modules[i].name)) != NULL);
	}
}

static void check_names(const uint8_t *bytes, size_t size, uint64_t at)
{
	const struct pvh_memory memory = { bytes, size };
	struct boot_module modules[BOOT_MODULES_MAX];

	check_modules(modules, module_names_multiboot2(bytes, size, modules));
	check_modules(modules, module_names_pvh(&memory, at, modules));
}

static void check_words(char *text)
{
	const size_t length = strlen(text);
	char rest[ROOM], *words[WORDS_MAX];
	const char *behind = text;
	size_t count;

	quoting_rest(text, rest);
	FUZZ_CHECK(strlen(rest) <= length);
	count = quoting_words(text, words, WORDS_MAX);
	FUZZ_CHECK(count <= WORDS_MAX);
	for (size_t i = 0; i < count; i++) {
		FUZZ_CHECK(words[i] >= behind);
		behind = words[i] + strlen(words[i]) + 1;
		FUZZ_CHECK(behind <= text + length + 1);
	}
}

static void check_commands(const char *line, size_t length)
{
	struct quoting_command command = { .text = line, .end = line + length };
	const char *behind = line;
	char text[ROOM];

	while (quoting_next(&command)) {
		FUZZ_CHECK(command.text >= behind);
		behind = command.text + command.length;
		FUZZ_CHECK(behind <= command.end);
		if (quoting_expand(&command, "127", text, sizeof(text)) != 0)
			continue;
		FUZZ_CHECK(quoting_open(text, text + strlen(text)) == NULL);
		check_words(text);
	}
}

static void check_text(const char *text, size_t size)
{
	struct script_lines lines = { .next = text, .end = text + size };
	unsigned int number = 0;

	while (script_lines_next(&lines)) {
		const char *const end = lines.line + lines.length;
		const char *const open = quoting_open(lines.line, end);

		FUZZ_CHECK(lines.number == ++number);
		FUZZ_CHECK(end <= text + size);
		FUZZ_CHECK(memchr(lines.line, '\n', lines.length) == NULL);
		FUZZ_CHECK(open == NULL || (open >= lines.line && open < end &&
					    (*open == '"' || *open == '\'')));
		if (open == NULL)
			check_commands(lines.line, lines.length);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = { data, size };
	const uint8_t how = fuzz_byte(&input);
	const uint64_t at = fuzz_number(&input, how & 1 ? 1 : 8);
	uint8_t *bytes = malloc(input.size + (input.size == 0));

	memcpy(bytes, input.data, input.size);
	check_names(bytes, input.size, at);
	check_text((const char *)bytes, input.size);
	free(bytes);
	return 0;
}
