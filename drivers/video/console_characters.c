/* SPDX-License-Identifier: MIT */
/*
 * The characters that the console's font shows.
 */
#include "console_characters.h"

#include <kernel/log.h>
#include <lib/psf.h>
#include <mm/vm.h>

static struct psf_unicode characters; /* empty before it is loaded */

void console_characters_load(const void *file, size_t size)
{
	const size_t room = psf_unicode_room(file, size);
	static struct psf_character *memory;

	vm_free(memory); /* of the font before */
	memory = NULL;
	characters = (struct psf_unicode){ .count = 0 };
	if (room == 0) {
		log_warn("console_characters: the font has no table that can "
			 "be used; only ASCII is shown");
		return;
	}
	memory = vm_alloc("the font's characters", room * sizeof(*memory));
	if (memory == NULL) {
		log_warn("console_characters: no memory for %zu characters; "
			 "only ASCII is shown",
			 room);
		return;
	}
	psf_unicode_build(file, size, memory, room, &characters);
}

int32_t console_characters_glyph(uint32_t code_point)
{
	return psf_unicode_glyph(&characters, code_point);
}
