/* SPDX-License-Identifier: MIT */
/*
 * How a compiler describes a type to the functions that it calls where
 * something undefined happens, and values of such types as text. PURE. The
 * layout is the one that gcc and clang share (LLVM, compiler-rt,
 * lib/ubsan/ubsan_value.h).
 */
#ifndef KERNEL_CHECK_UBSAN_VALUE_H
#define KERNEL_CHECK_UBSAN_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum ubsan_kind {
	UBSAN_INTEGER = 0,
	UBSAN_FLOAT = 1, /* any other: neither */
};

struct ubsan_type {
	uint16_t kind;
	uint16_t info; /* of an integer: bit 0: signed; the logarithm of its
			* bits above */
	char name[];   /* in quotes, "'int'" */
};

enum {
	/* Room for any value, the sign and the end included. */
	UBSAN_VALUE_BYTES = 48,
	UBSAN_NAME_BYTES = 64,
};

/* The bits of an integer's type; 0 of anything else. */
unsigned int ubsan_type_bits(const struct ubsan_type *type);

bool ubsan_type_is_signed(const struct ubsan_type *type);

/* Is the value, as ubsan_value_text() takes it, below 0? */
bool ubsan_value_is_negative(const struct ubsan_type *type, uintptr_t value);

/*
 * A value, @value itself or, above 64 bits, the address of one, in decimal
 * ("0x..." above 64 bits, "a value" where it is no integer). Returns @text.
 */
const char *ubsan_value_text(char text[UBSAN_VALUE_BYTES],
			     const struct ubsan_type *type, uintptr_t value);

/* The name of a type without its quotes, cut where it is long. Returns
 * @text. */
const char *ubsan_type_text(char text[UBSAN_NAME_BYTES],
			    const struct ubsan_type *type);

#endif
