/* SPDX-License-Identifier: MIT */
/*
 * The state "off" in the code of a table, PURE. The code is not run: what is
 * looked for is the form that a name with a package of numbers has (ACPI
 * Specification 6.4, chapter 20.2):
 *
 *	NameOp  '\'?  "_S5_"  PackageOp  length  count  number  number ...
 */
#include <lib/string.h>

#include "acpi_table.h"

enum aml_op {
	AML_ZERO = 0x00,
	AML_ONE = 0x01,
	AML_NAME = 0x08,
	AML_BYTE = 0x0a,
	AML_WORD = 0x0b,
	AML_DWORD = 0x0c,
	AML_PACKAGE = 0x12,
};

enum {
	NAME_BYTES = 4,
	TYPE_MAX = 7, /* three bits of the register */
	LENGTH_MORE_SHIFT = 6,
	LENGTH_ALONE = 0x3f, /* where no byte of the length follows */
	LENGTH_LOW = 0x0f,   /* where some do, which are the high ones */
};

/* What is left of a table, or of a package in it. */
struct aml {
	const uint8_t *at, *end;
};

static bool byte_take(struct aml *aml, uint8_t *byte)
{
	if (aml->at == aml->end)
		return false;
	*byte = *aml->at++;
	return true;
}

/* A package's length, which counts its own bytes: the package ends there. */
static bool length_take(struct aml *aml)
{
	const uint8_t *const begin = aml->at;
	uint8_t lead, more;
	size_t length;

	if (!byte_take(aml, &lead))
		return false;
	length = lead &
		 (lead >> LENGTH_MORE_SHIFT == 0 ? LENGTH_ALONE : LENGTH_LOW);
	for (unsigned int i = 0; i < lead >> LENGTH_MORE_SHIFT; i++) {
		if (!byte_take(aml, &more))
			return false;
		length |= (size_t)more << (4 + 8 * i);
	}
	if (length < (size_t)(aml->at - begin) ||
	    length > (size_t)(aml->end - begin))
		return false;
	aml->end = begin + length;
	return true;
}

/* A number that can be a sleep type. */
static bool type_take(struct aml *aml, uint8_t *type)
{
	uint8_t op, high;
	size_t bytes;

	if (!byte_take(aml, &op))
		return false;
	*type = op;
	if (op == AML_ZERO || op == AML_ONE)
		return true;
	if (op != AML_BYTE && op != AML_WORD && op != AML_DWORD)
		return false;
	bytes = op == AML_BYTE ? 1 : op == AML_WORD ? 2 : 4;
	if (!byte_take(aml, type) || *type > TYPE_MAX)
		return false;
	while (--bytes > 0) {
		if (!byte_take(aml, &high) || high != 0)
			return false;
	}
	return true;
}

/* The package behind a name. */
static bool types_take(struct aml aml, struct acpi_sleep_types *types)
{
	uint8_t op, count;

	if (!byte_take(&aml, &op) || op != AML_PACKAGE || !length_take(&aml) ||
	    !byte_take(&aml, &count) || count == 0 ||
	    !type_take(&aml, &types->a))
		return false;
	types->b = types->a;
	return count == 1 || type_take(&aml, &types->b);
}

bool acpi_off_types_find(const struct acpi_bytes *table,
			 struct acpi_sleep_types *types)
{
	for (size_t at = ACPI_HEADER_BYTES + 1; at + NAME_BYTES <= table->size;
	     at++) {
		const uint8_t *const name = table->bytes + at;
		const bool has_root =
			name[-1] == '\\' && at > ACPI_HEADER_BYTES + 1;
		struct acpi_sleep_types found;

		if (memcmp(name, "_S5_", NAME_BYTES) == 0 &&
		    name[has_root ? -2 : -1] == AML_NAME &&
		    types_take((struct aml){ name + NAME_BYTES,
					     table->bytes + table->size },
			       &found)) {
			*types = found;
			return true;
		}
	}
	return false;
}
