/* SPDX-License-Identifier: MIT */
/*
 * The functions that gcc and clang call where something undefined happens
 * (-fsanitize=undefined). Their names and arguments are those of LLVM's
 * compiler-rt, lib/ubsan/ubsan_handlers.h. A value is a word, or its address
 * where it does not fit in one.
 */
#include <kernel/types.h>

#include "ubsan_report.h"
#include "ubsan_value.h"

struct overflow_data {
	struct ubsan_place place;
	const struct ubsan_type *type;
};

struct shift_data {
	struct ubsan_place place;
	const struct ubsan_type *left, *right;
};

struct bounds_data {
	struct ubsan_place place;
	const struct ubsan_type *array, *index;
};

struct place_data {
	struct ubsan_place place;
};

struct argument_data {
	struct ubsan_place place, attribute;
	int number;
};

struct builtin_data {
	struct ubsan_place place;
	uint8_t kind;
};

/* The compiler alone calls these: nobody else needs to see them. */
#define HANDLER(name, ...)                       \
	void __ubsan_handle_##name(__VA_ARGS__); \
	void __ubsan_handle_##name(__VA_ARGS__)

/* ---- Arithmetic --------------------------------------------------------- */

static void report_overflow(struct overflow_data *data, uintptr_t left,
			    const char *operator, uintptr_t right)
{
	char a[UBSAN_VALUE_BYTES], b[UBSAN_VALUE_BYTES], type[UBSAN_NAME_BYTES];

	ubsan_report(&data->place,
		     ubsan_type_is_signed(data->type)
			     ? "signed integer overflow"
			     : "unsigned integer overflow",
		     "%s %s %s does not fit in %s",
		     ubsan_value_text(a, data->type, left), operator,
		     ubsan_value_text(b, data->type, right),
		     ubsan_type_text(type, data->type));
}

HANDLER(add_overflow, struct overflow_data *data, uintptr_t left,
	uintptr_t right)
{
	report_overflow(data, left, "+", right);
}

HANDLER(sub_overflow, struct overflow_data *data, uintptr_t left,
	uintptr_t right)
{
	report_overflow(data, left, "-", right);
}

HANDLER(mul_overflow, struct overflow_data *data, uintptr_t left,
	uintptr_t right)
{
	report_overflow(data, left, "*", right);
}

HANDLER(negate_overflow, struct overflow_data *data, uintptr_t value)
{
	char text[UBSAN_VALUE_BYTES], type[UBSAN_NAME_BYTES];

	ubsan_report(&data->place, "signed integer overflow",
		     "-(%s) does not fit in %s",
		     ubsan_value_text(text, data->type, value),
		     ubsan_type_text(type, data->type));
}

HANDLER(divrem_overflow, struct overflow_data *data, uintptr_t left,
	uintptr_t right)
{
	char text[UBSAN_VALUE_BYTES];

	if (ubsan_value_is_negative(data->type, right))
		report_overflow(data, left, "/", right);
	else
		ubsan_report(&data->place, "division by zero", "%s / 0",
			     ubsan_value_text(text, data->type, left));
}

HANDLER(shift_out_of_bounds, struct shift_data *data, uintptr_t left,
	uintptr_t right)
{
	char a[UBSAN_VALUE_BYTES], b[UBSAN_VALUE_BYTES], type[UBSAN_NAME_BYTES];
	const char *why = "what is shifted does not fit";

	if (ubsan_value_is_negative(data->right, right))
		why = "the amount is negative";
	else if (right >= ubsan_type_bits(data->left))
		why = "the amount is no less than its bits";
	else if (ubsan_value_is_negative(data->left, left))
		why = "what is shifted is negative";
	ubsan_report(&data->place, "shift out of bounds",
		     "%s shifted by %s in %s: %s",
		     ubsan_value_text(a, data->left, left),
		     ubsan_value_text(b, data->right, right),
		     ubsan_type_text(type, data->left), why);
}

HANDLER(load_invalid_value, struct overflow_data *data, uintptr_t value)
{
	char text[UBSAN_VALUE_BYTES], type[UBSAN_NAME_BYTES];

	ubsan_report(&data->place, "invalid value", "%s is no %s",
		     ubsan_value_text(text, data->type, value),
		     ubsan_type_text(type, data->type));
}

HANDLER(invalid_builtin, struct builtin_data *data)
{
	ubsan_report(&data->place, "invalid argument",
		     "0 has no lowest or highest bit");
}

/* ---- Arrays and pointers ------------------------------------------------ */

HANDLER(out_of_bounds, struct bounds_data *data, uintptr_t index)
{
	char text[UBSAN_VALUE_BYTES], type[UBSAN_NAME_BYTES];

	ubsan_report(&data->place, "index out of bounds",
		     "%s is no index of %s",
		     ubsan_value_text(text, data->index, index),
		     ubsan_type_text(type, data->array));
}

HANDLER(vla_bound_not_positive, struct overflow_data *data, uintptr_t bound)
{
	char text[UBSAN_VALUE_BYTES];

	ubsan_report(&data->place, "array without size", "%s elements",
		     ubsan_value_text(text, data->type, bound));
}

HANDLER(pointer_overflow, struct place_data *data, uintptr_t base,
	uintptr_t result)
{
	ubsan_report(&data->place, "pointer overflow",
		     "0x%lx becomes 0x%lx, beyond the end of all memory", base,
		     result);
}

HANDLER(nonnull_arg, struct argument_data *data)
{
	ubsan_report(&data->place, "null pointer",
		     "argument %d may not be null", data->number);
}

HANDLER(nonnull_return_v1, struct place_data *data, struct ubsan_place *place)
{
	(void)data;
	ubsan_report(place, "null pointer", "what is returned may not be null");
}

/* ---- The end ------------------------------------------------------------ */

HANDLER(builtin_unreachable, struct place_data *data)
{
	ubsan_stop(&data->place, "a place that cannot be reached is reached");
}

HANDLER(missing_return, struct place_data *data)
{
	ubsan_stop(&data->place, "end of a function that returns a value");
}
