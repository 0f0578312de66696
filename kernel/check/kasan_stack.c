/* SPDX-License-Identifier: MIT */
/*
 * Variables on the stack. At the lowest place of each frame with some, the
 * compilers leave a magic number and the address of a text about them:
 *
 *	| magic | text | function | left redzone | variable | redzone | ...
 *
 * "2 32 4 5 count 48 20 8 bytes:17": how many, and of each its offset in the
 * frame, its size, the length of its name, its name, by gcc with its line.
 */
#include <lib/printf.h>

#include "kasan.h"

#define MAGIC 0x41b58ab3UL

enum {
	FRAME_MAX_BYTES = 65536,
	NAME_MAX = 60,
};

struct variable {
	size_t offset, size_bytes, name_length;
	const char *name;
};

/* The lowest place of the frame that an address is in; 0: there is none. */
static uintptr_t frame_of(uintptr_t address)
{
	uintptr_t at = address & ~(uintptr_t)(KASAN_GRANULE - 1);
	const uintptr_t limit = at - FRAME_MAX_BYTES;

	for (; at > limit; at -= KASAN_GRANULE) {
		const uint8_t *const shadow = kasan_shadow_of(at);

		if (shadow == NULL)
			return 0;
		if (*shadow == KASAN_STACK_LEFT && *(uint64_t *)at == MAGIC)
			return at;
	}
	return 0;
}

static size_t read_number(const char **text)
{
	size_t number = 0;

	while (**text >= '0' && **text <= '9')
		number = number * 10 + (size_t)(*(*text)++ - '0');
	if (**text == ' ')
		(*text)++;
	return number;
}

static struct variable read_variable(const char **text)
{
	struct variable variable;

	variable.offset = read_number(text);
	variable.size_bytes = read_number(text);
	variable.name_length = read_number(text);
	variable.name = *text;
	*text += variable.name_length;
	if (**text == ' ')
		(*text)++;
	return variable;
}

/* The bytes from a variable to an offset outside of it. */
static size_t distance(const struct variable *variable, size_t offset)
{
	return offset < variable->offset
		       ? variable->offset - offset
		       : offset - variable->offset - variable->size_bytes + 1;
}

void kasan_stack_tell(uintptr_t bad, char *text, size_t text_bytes)
{
	const uintptr_t frame = frame_of(bad);
	struct variable nearest = { 0 };
	size_t offset, count;
	const char *about;

	if (frame == 0)
		return;
	offset = bad - frame;
	about = ((const char *const *)frame)[1];
	count = read_number(&about);
	for (size_t i = 0; i < count; i++) {
		const struct variable one = read_variable(&about);

		if (nearest.name == NULL ||
		    distance(&one, offset) < distance(&nearest, offset))
			nearest = one;
	}
	if (nearest.name != NULL && nearest.name_length < NAME_MAX)
		snprintf(text, text_bytes, "; %zu byte%s %s %.*s (%zu byte%s)",
			 distance(&nearest, offset),
			 distance(&nearest, offset) == 1 ? "" : "s",
			 offset < nearest.offset ? "before" : "behind",
			 (int)nearest.name_length, nearest.name,
			 nearest.size_bytes,
			 nearest.size_bytes == 1 ? "" : "s");
}
