/* SPDX-License-Identifier: MIT */
/*
 * What a function cannot do: sizes of arrays, the enclosing struct of a
 * member, and the test of an option in plain C; and arithmetic of one line.
 */
#ifndef KERNEL_UTIL_H
#define KERNEL_UTIL_H

#include <stdint.h>

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

/*
 * IS_ENABLED(CONFIG_X): 1 if the option X is on, else 0, usable in a C
 * expression. autoconf.h defines CONFIG_X as 1 where it is on and leaves it
 * undefined where it is off: the pasted name then is or is not a macro that
 * expands to "0," and shifts the 1 into second place.
 */
#define IS_ENABLED(option)                 IS_ENABLED_1(option)
#define IS_ENABLED_1(value)                IS_ENABLED_2(IS_ENABLED_ARG_##value)
#define IS_ENABLED_ARG_1                   0,
#define IS_ENABLED_2(junk_or_0)            IS_ENABLED_3(junk_or_0 1, 0)
#define IS_ENABLED_3(ignored, answer, ...) answer

/* The lesser of two. */
static inline uint32_t least(uint32_t left, uint32_t right)
{
	return left < right ? left : right;
}

/* The same, with a sign and room for any sum of a few of them. */
static inline int64_t least_i64(int64_t left, int64_t right)
{
	return left < right ? left : right;
}

/* Round up to a multiple of @align, a power of two. Wraps like any unsigned
 * addition: check the range first. */
static inline uint64_t align_up(uint64_t value, uint64_t align)
{
	return (value + align - 1) & ~(align - 1);
}

/* Round down to a multiple of @align, a power of two. */
static inline uint64_t align_down(uint64_t value, uint64_t align)
{
	return value & ~(align - 1);
}

#endif
