/* SPDX-License-Identifier: MIT */
/*
 * What gcc and clang call where a pointer is used that is null, not aligned as
 * its type must be, or of an object that is too small.
 */
#include <kernel/types.h>
#include <kernel/util.h>

#include "ubsan_report.h"
#include "ubsan_value.h"

struct access_data {
	struct ubsan_place place;
	const struct ubsan_type *type;
	uint8_t log_alignment;
	uint8_t kind;
};

struct assumption_data {
	struct ubsan_place place, assumption;
	const struct ubsan_type *type;
};

/* By the kind of access; the others are C++'s. */
static const char *const accesses[] = {
	"read of",
	"write of",
	"reference to",
	"member of",
};

void __ubsan_handle_type_mismatch_v1(struct access_data *data,
				     uintptr_t pointer);
void __ubsan_handle_alignment_assumption(struct assumption_data *data,
					 uintptr_t pointer, uintptr_t alignment,
					 uintptr_t offset);

void __ubsan_handle_type_mismatch_v1(struct access_data *data,
				     uintptr_t pointer)
{
	const uintptr_t alignment = 1UL << data->log_alignment;
	const char *access = data->kind < ARRAY_SIZE(accesses)
				     ? accesses[data->kind]
				     : "use of";
	char type[UBSAN_NAME_BYTES];

	ubsan_type_text(type, data->type);
	if (pointer == 0)
		ubsan_report(&data->place, "null pointer",
			     "%s %s by a null pointer", access, type);
	else if (pointer % alignment != 0)
		ubsan_report(&data->place, "misaligned access",
			     "%s %s at 0x%lx, no multiple of %lu", access, type,
			     pointer, alignment);
	else
		ubsan_report(&data->place, "access beyond an object",
			     "%s %s at 0x%lx, where there is no room for it",
			     access, type, pointer);
}

void __ubsan_handle_alignment_assumption(struct assumption_data *data,
					 uintptr_t pointer, uintptr_t alignment,
					 uintptr_t offset)
{
	ubsan_report(&data->place, "misaligned pointer",
		     "0x%lx is no multiple of %lu", pointer - offset,
		     alignment);
}
