/* SPDX-License-Identifier: MIT */
/*
 * Values and types of the compiler's reports as text, PURE.
 */
#include "ubsan_value.h"

#include <lib/printf.h>
#include <lib/string.h>

enum {
	WORD_BITS = 64,
	INFO_SIGNED = 1,
};

unsigned int ubsan_type_bits(const struct ubsan_type *type)
{
	return type->kind == UBSAN_INTEGER ? 1U << (type->info >> 1) : 0;
}

bool ubsan_type_is_signed(const struct ubsan_type *type)
{
	return type->kind == UBSAN_INTEGER && (type->info & INFO_SIGNED) != 0;
}

/* A value of up to 64 bits; what is above its own is not defined. */
static int64_t word_of(const struct ubsan_type *type, uintptr_t value)
{
	const unsigned int unused = WORD_BITS - ubsan_type_bits(type);

	return ubsan_type_is_signed(type)
		       ? (int64_t)(value << unused) >> unused
		       : (int64_t)(value << unused >> unused);
}

/* The half of a value of 128 bits that has its sign. */
static uint64_t upper_half(uintptr_t value)
{
	return ((const uint64_t *)value)[1];
}

bool ubsan_value_is_negative(const struct ubsan_type *type, uintptr_t value)
{
	if (!ubsan_type_is_signed(type))
		return false;
	return ubsan_type_bits(type) > WORD_BITS
		       ? (int64_t)upper_half(value) < 0
		       : word_of(type, value) < 0;
}

const char *ubsan_value_text(char text[UBSAN_VALUE_BYTES],
			     const struct ubsan_type *type, uintptr_t value)
{
	const unsigned int bits = ubsan_type_bits(type);

	if (bits == 0)
		strlcpy(text, "a value", UBSAN_VALUE_BYTES);
	else if (bits > WORD_BITS)
		snprintf(text, UBSAN_VALUE_BYTES, "0x%016lx%016lx",
			 upper_half(value), *(const uint64_t *)value);
	else if (ubsan_type_is_signed(type))
		snprintf(text, UBSAN_VALUE_BYTES, "%ld", word_of(type, value));
	else
		snprintf(text, UBSAN_VALUE_BYTES, "%lu",
			 (uint64_t)word_of(type, value));
	return text;
}

const char *ubsan_type_text(char text[UBSAN_NAME_BYTES],
			    const struct ubsan_type *type)
{
	const size_t quotes = type->name[0] == '\'' ? 1 : 0;
	const size_t length =
		strlcpy(text, type->name + quotes, UBSAN_NAME_BYTES);

	if (quotes != 0 && length != 0 && length < UBSAN_NAME_BYTES)
		text[length - 1] = '\0';
	return text;
}
