/* SPDX-License-Identifier: MIT */
/*
 * The functions of <lib/string.h>, checked: the linker gives these to all who
 * call the others (--wrap). Text is checked up to its end.
 */
#include "kasan.h"

#define REAL(result, name, ...)            \
	result __real_##name(__VA_ARGS__); \
	result __wrap_##name(__VA_ARGS__); \
	result __wrap_##name(__VA_ARGS__)

/* In the wrapper itself: who calls it is told. */
#define CHECK(at, size, write)                    \
	kasan_check(&(const struct kasan_access){ \
		(uintptr_t)(at), (size), (write), \
		(uintptr_t)__builtin_return_address(0) })

REAL(void *, memcpy, void *restrict to, const void *restrict from, size_t size)
{
	CHECK(from, size, false);
	CHECK(to, size, true);
	return __real_memcpy(to, from, size);
}

REAL(void *, memmove, void *to, const void *from, size_t size)
{
	CHECK(from, size, false);
	CHECK(to, size, true);
	return __real_memmove(to, from, size);
}

REAL(void *, memset, void *to, int byte, size_t size)
{
	CHECK(to, size, true);
	return __real_memset(to, byte, size);
}

REAL(int, memcmp, const void *left, const void *right, size_t size)
{
	CHECK(left, size, false);
	CHECK(right, size, false);
	return __real_memcmp(left, right, size);
}

REAL(size_t, strlen, const char *text)
{
	const size_t length = __real_strlen(text);

	CHECK(text, length + 1, false);
	return length;
}

/* Both are read as far as they are alike. */
static size_t read_bytes(const char *left, const char *right)
{
	size_t length = 0;

	while (left[length] != '\0' && left[length] == right[length])
		length++;
	return length + 1;
}

REAL(int, strcmp, const char *left, const char *right)
{
	const size_t size = read_bytes(left, right);

	CHECK(left, size, false);
	CHECK(right, size, false);
	return __real_strcmp(left, right);
}

size_t __real_strlen(const char *text);

REAL(size_t, strlcpy, char *to, const char *from, size_t size)
{
	const size_t length = __real_strlen(from);

	CHECK(from, length + 1, false);
	CHECK(to, length < size ? length + 1 : size, true);
	return __real_strlcpy(to, from, size);
}
