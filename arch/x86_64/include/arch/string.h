/* SPDX-License-Identifier: MIT */
/*
 * The CPU's own fill and copy, PURE: no state, so that lib/ may use it. Any
 * context.
 *
 * Where the CPU has "enhanced rep" (ERMS) they move whole cache lines, but
 * take some 30 cycles to start; under emulation they are slower than a loop of
 * stores. Both want an aligned target: a misaligned one costs up to half of
 * the speed (AMD Zen 4), of bytes instead of words far more on some CPUs.
 */
#ifndef ARCH_STRING_H
#define ARCH_STRING_H

#include <stddef.h>
#include <stdint.h>

/* What the target should be aligned to, in bytes. */
enum {
	ARCH_STRING_ALIGNMENT = 32,
};

/* Store @word @count times from @to on; returns the place behind. */
static inline void *arch_fill_words(void *to, uint64_t word, size_t count)
{
	__asm__ volatile("rep stosq"
			 : "+D"(to), "+c"(count)
			 : "a"(word)
			 : "memory");
	return to;
}

/* Copy @count words of 64 bits from @from to @to, which do not overlap;
 * returns the place behind in @to. */
static inline void *arch_copy_words(void *to, const void *from, size_t count)
{
	__asm__ volatile("rep movsq"
			 : "+D"(to), "+S"(from), "+c"(count)
			 :
			 : "memory");
	return to;
}

#endif
