/* SPDX-License-Identifier: MIT */
/*
 * The layout in use. The US layout is none of the set: it is what the decoder
 * of scan codes says by itself.
 */
#include "keymap.h"

#include "key_accent.h"

#include <drivers/keymap.h>
#include <kernel/errno.h>
#include <kernel/types.h>
#include <lib/string.h>

SET_DEFINE(key_layouts);

static const char us_name[] = "us";
static const struct key_layout *layout;
static struct key_accent accent;
static bool is_chosen;

static const struct key_layout *find(const char *name)
{
	SET_FOREACH(entry, key_layouts) {
		if (strcmp((*entry)->name, name) == 0)
			return *entry;
	}
	return NULL;
}

int keymap_choose(const char *name)
{
	const struct key_layout *found = find(name);

	if (found == NULL && strcmp(name, us_name) != 0)
		return -ENOENT;
	layout = found;
	is_chosen = true;
	return 0;
}

/* The layout in use, NULL for US: the one of the configuration, until somebody
 * chooses. */
static const struct key_layout *layout_in_use(void)
{
	if (!is_chosen)
		keymap_choose(CONFIG_KEYBOARD_LAYOUT_AT_START);
	return layout;
}

const char *keymap_name(void)
{
	const struct key_layout *in_use = layout_in_use();

	return in_use != NULL ? in_use->name : us_name;
}

const char *keymap_next(const char *name, const char **title)
{
	const char *next = strcmp(us_name, name) > 0 ? us_name : NULL;

	*title = "US";
	SET_FOREACH(entry, key_layouts) {
		if (strcmp((*entry)->name, name) <= 0 ||
		    (next != NULL && strcmp((*entry)->name, next) > 0))
			continue;
		next = (*entry)->name;
		*title = (*entry)->title;
	}
	return next;
}

size_t keymap_translate(const struct key_stroke *stroke, char *bytes)
{
	const struct key_layout *in_use = layout_in_use();
	uint32_t said = (unsigned char)stroke->character;

	if (in_use != NULL)
		said = key_layout_character(in_use, stroke);
	if (stroke->has_ctrl || key_layout_has_alt(in_use, stroke))
		accent.waiting = 0;
	return key_accent_feed(&accent, said, bytes);
}

bool keymap_has_alt(const struct key_stroke *stroke)
{
	return key_layout_has_alt(layout_in_use(), stroke);
}

uint8_t keymap_code(const struct scan_decoder *decoder, uint8_t code)
{
	const struct key_layout *in_use = layout_in_use();

	return in_use != NULL ? key_layout_code(in_use, decoder, code) : code;
}
