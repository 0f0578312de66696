/* SPDX-License-Identifier: MIT */
/*
 * Bytes and text, PURE but for one choice: from how many bytes on copies and
 * fills go by string instructions (lib/fill.h). The functions of the standard
 * have no argument for it.
 */
#include <lib/fill.h>
#include <lib/string.h>
#include <stdint.h>

enum {
	WORD = sizeof(uint64_t),
};

/* May alias anything, at any alignment: x86 reads and writes so. */
typedef uint64_t __attribute__((may_alias, aligned(1))) word_t;

/* The compiler must not turn these loops into calls of themselves. For gcc with
 * frame pointers, which it forgets where it sees this, a flag says so. */
#ifdef __clang__
#define NO_IDIOM __attribute__((no_builtin))
#elif !defined(NO_IDIOM)
#define NO_IDIOM __attribute__((optimize("no-tree-loop-distribute-patterns")))
#endif

/* The bytes from which on string instructions are used. */
static size_t fill_string_from = SIZE_MAX;
static size_t copy_string_from = SIZE_MAX;

void string_choose(size_t fill_from, size_t copy_from)
{
	fill_string_from = fill_from;
	copy_string_from = copy_from;
}

size_t string_fill_from(void)
{
	return fill_string_from;
}

size_t string_copy_from(void)
{
	return copy_string_from;
}

/* Upwards, in order: the target may begin within what has been read. */
static NO_IDIOM void copy_up(uint8_t *to, const uint8_t *from, size_t size)
{
	for (; size >= WORD; size -= WORD, to += WORD, from += WORD)
		*(word_t *)to = *(const word_t *)from;
	for (; size != 0; size--)
		*to++ = *from++;
}

static NO_IDIOM void copy_down(uint8_t *to, const uint8_t *from, size_t size)
{
	for (; size >= WORD; size -= WORD)
		*(word_t *)(to + size - WORD) =
			*(const word_t *)(from + size - WORD);
	for (; size != 0; size--)
		to[size - 1] = from[size - 1];
}

void *(memcpy)(void *restrict to, const void *restrict from, size_t size)
{
	copy_words(to, from, size, copy_string_from);
	return to;
}

void *(memmove)(void *to, const void *from, size_t size)
{
	const uintptr_t up = (uintptr_t)to - (uintptr_t)from;
	const uintptr_t down = (uintptr_t)from - (uintptr_t)to;

	if (up >= size && down >= size)
		copy_words(to, from, size, copy_string_from);
	else if (up >= size)
		copy_up(to, from, size);
	else
		copy_down(to, from, size);
	return to;
}

void *(memset)(void *to, int byte, size_t size)
{
	fill_words(to, (uint8_t)byte * 0x0101010101010101UL, size,
		   fill_string_from);
	return to;
}

int(memcmp)(const void *left, const void *right, size_t size)
{
	const uint8_t *a = left, *b = right;

	for (size_t i = 0; i < size; i++) {
		if (a[i] != b[i])
			return a[i] - b[i];
	}
	return 0;
}

size_t strlen(const char *text)
{
	size_t length = 0;

	while (text[length] != '\0')
		length++;
	return length;
}

int strcmp(const char *left, const char *right)
{
	while (*left != '\0' && *left == *right) {
		left++;
		right++;
	}
	return (uint8_t)*left - (uint8_t)*right;
}

static int to_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : (uint8_t)c;
}

int strcasecmp(const char *left, const char *right)
{
	while (*left != '\0' && to_lower(*left) == to_lower(*right)) {
		left++;
		right++;
	}
	return to_lower(*left) - to_lower(*right);
}

size_t strlcpy(char *to, const char *from, size_t size)
{
	const size_t length = strlen(from);
	const size_t copied = length < size ? length : size - 1;

	memcpy(to, from, copied);
	to[copied] = '\0';
	return length;
}
