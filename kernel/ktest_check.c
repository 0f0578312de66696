/* SPDX-License-Identifier: MIT */
/*
 * The checks of tests: one that does not hold is a line of its own among the
 * results, with its place and both values.
 */
#include <kernel/console.h>
#include <kernel/ktest.h>
#include <lib/string.h>

#include "ktest_line.h"

enum {
	COMPLAINTS_MAX = 10, /* of a case, which may fail in a loop */
	MEMORY_SHOWN = 16,
};

/* Count a failure, and begin its line; false where there were too many. */
static bool complain(struct ktest *test, const char *file, int line)
{
	test->failures++;
	if (test->failures > COMPLAINTS_MAX)
		return false;
	ktest_line_begin(test->depth);
	if (test->failures == COMPLAINTS_MAX) {
		console_printf("# %s: and more\n", test->name);
		return false;
	}
	console_printf("# %s:%d: ", file, line);
	return true;
}

bool ktest_expect(struct ktest *test, const struct ktest_place *place,
		  bool held)
{
	if (!held && complain(test, place->file, place->line))
		console_printf("not so: %s\n", place->text);
	return held;
}

/* Below 0, 0 or above 0, as @left is to @right. */
static int value_compare(struct ktest_value left, struct ktest_value right)
{
	if (left.is_negative != right.is_negative)
		return left.is_negative ? -1 : 1;
	return (left.bits > right.bits) - (left.bits < right.bits);
}

static bool relation_holds(int order, enum ktest_relation relation)
{
	switch (relation) {
	case KTEST_EQ:
		return order == 0;
	case KTEST_NE:
		return order != 0;
	case KTEST_LT:
		return order < 0;
	case KTEST_LE:
		return order <= 0;
	case KTEST_GT:
		return order > 0;
	case KTEST_GE:
		return order >= 0;
	}
	return false;
}

static void tell_value(struct ktest_value value)
{
	if (value.is_negative)
		console_printf("%ld", (long)value.bits);
	else
		console_printf("%lu (0x%lx)", (unsigned long)value.bits,
			       (unsigned long)value.bits);
}

bool ktest_expect_relation(struct ktest *test, const struct ktest_place *place,
			   struct ktest_value left,
			   enum ktest_relation relation,
			   struct ktest_value right)
{
	const bool held = relation_holds(value_compare(left, right), relation);

	if (!held && complain(test, place->file, place->line)) {
		console_printf("not so: %s: ", place->text);
		tell_value(left);
		console_printf(" and ");
		tell_value(right);
		console_put_char('\n');
	}
	return held;
}

/* What is no plain ASCII goes as \xNN: it must not break the line. */
static void tell_text(const char *text)
{
	if (text == NULL) {
		console_printf("NULL");
		return;
	}
	console_put_char('"');
	for (; *text != '\0'; text++) {
		if (*text >= ' ' && *text <= '~')
			console_put_char(*text);
		else
			console_printf("\\x%02x", (unsigned char)*text);
	}
	console_put_char('"');
}

bool ktest_expect_text(struct ktest *test, const struct ktest_place *place,
		       const char *left, const char *right)
{
	const bool held = left != NULL && right != NULL
				  ? strcmp(left, right) == 0
				  : left == right;

	if (!held && complain(test, place->file, place->line)) {
		console_printf("not so: %s: ", place->text);
		tell_text(left);
		console_printf(" and ");
		tell_text(right);
		console_put_char('\n');
	}
	return held;
}

static void tell_bytes(const uint8_t *bytes, size_t count)
{
	for (size_t i = 0; i < count; i++)
		console_printf("%02x", bytes[i]);
}

bool ktest_expect_memory(struct ktest *test, const struct ktest_place *place,
			 const void *left, const void *right, size_t size)
{
	const uint8_t *const a = left, *const b = right;
	size_t at = 0, count;

	while (at < size && a[at] == b[at])
		at++;
	if (at == size)
		return true;
	count = size - at < MEMORY_SHOWN ? size - at : MEMORY_SHOWN;
	if (complain(test, place->file, place->line)) {
		console_printf("not so: %s: from byte %zu on ", place->text,
			       at);
		tell_bytes(a + at, count);
		console_printf(" and ");
		tell_bytes(b + at, count);
		console_put_char('\n');
	}
	return false;
}

static void tell_fault(int fault)
{
	if (fault == FAULT_NONE)
		console_printf("no fault");
	else if (fault == FAULT_PANIC)
		console_printf("a panic");
	else
		console_printf("exception %d", fault);
}

bool ktest_expect_fault(struct ktest *test, const struct ktest_place *place,
			int wanted, int caught)
{
	if (wanted != caught && complain(test, place->file, place->line)) {
		console_printf("%s: wanted ", place->text);
		tell_fault(wanted);
		console_printf(", got ");
		tell_fault(caught);
		console_put_char('\n');
	}
	return wanted == caught;
}

void ktest_fail(struct ktest *test, const char *file, int line,
		const char *format, ...)
{
	va_list arguments;

	if (!complain(test, file, line))
		return;
	va_start(arguments, format);
	console_vprintf(format, arguments);
	va_end(arguments);
	console_put_char('\n');
}

void ktest_skip(struct ktest *test, const char *reason)
{
	test->skip_reason = reason;
}
