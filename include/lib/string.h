/* SPDX-License-Identifier: MIT */
/*
 * The functions of the standard's <string.h> that the kernel uses, with the
 * standard's meaning. PURE. Any context. The compiler may call the first four
 * by itself.
 */
#ifndef LIB_STRING_H
#define LIB_STRING_H

#include <stddef.h>

void *memcpy(void *restrict to, const void *restrict from, size_t size);
void *memmove(void *to, const void *from, size_t size);
void *memset(void *to, int byte, size_t size);
int memcmp(const void *left, const void *right, size_t size);
size_t strlen(const char *text);
int strcmp(const char *left, const char *right);

/*
 * A freestanding compiler takes these for functions like any other. Told that
 * they are the standard's, it makes a copy of a known small size one load and
 * one store.
 */
#define memcpy(to, from, size)    __builtin_memcpy(to, from, size)
#define memmove(to, from, size)   __builtin_memmove(to, from, size)
#define memset(to, byte, size)    __builtin_memset(to, byte, size)
#define memcmp(left, right, size) __builtin_memcmp(left, right, size)

/*
 * From now on memset() of at least @fill_from bytes, and memcpy() and memmove()
 * of at least @copy_from, go by string instructions where lib/fill.h allows
 * it; SIZE_MAX, as it is at first, for never. Once, at boot.
 */
void string_choose(size_t fill_from, size_t copy_from);

/* What was chosen, for whoever fills or copies by lib/fill.h. */
size_t string_fill_from(void);
size_t string_copy_from(void);

/* Like strcmp() for ASCII text, capital letters being like small ones. */
int strcasecmp(const char *left, const char *right);

/*
 * Copy text into @size bytes at @to, cut where it does not fit, always ended
 * by a zero (@size is at least 1). Returns the length of @from.
 */
size_t strlcpy(char *to, const char *from, size_t size);

#endif
