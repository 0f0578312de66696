/* SPDX-License-Identifier: MIT */
/*
 * Escape sequences are skipped, PURE: what says where one ends is all that is
 * looked at. shell/edit/key_decoder.c knows what they mean.
 */
#include "sequence_skip.h"

enum {
	ESCAPE = 0x1b,
	CONTROLS_END = 0x20,
	FINALS_BEGIN = 0x40, /* before them are digits and semicolons */
};

enum skip_state {
	STATE_TEXT,
	STATE_ESCAPE,     /* ESC */
	STATE_INTRODUCED, /* ESC [, where F1 of Linux's console goes on by [ */
	STATE_WITHIN,     /* to the final byte */
};

static bool skip_begin(struct sequence_skip *skip, char c)
{
	skip->state = c == ESCAPE ? STATE_ESCAPE : STATE_TEXT;
	return c == ESCAPE;
}

static bool skip_introducer(struct sequence_skip *skip, char c)
{
	if (c != '[' && c != 'O')
		return skip_begin(skip, c);
	skip->state = c == '[' ? STATE_INTRODUCED : STATE_WITHIN;
	return true;
}

bool sequence_skip_feed(struct sequence_skip *skip, char c)
{
	const unsigned char byte = (unsigned char)c;

	if (skip->state == STATE_TEXT)
		return skip_begin(skip, c);
	if (skip->state == STATE_ESCAPE)
		return skip_introducer(skip, c);
	if (byte < CONTROLS_END)
		return skip_begin(skip, c);
	if (byte < FINALS_BEGIN ||
	    (c == '[' && skip->state == STATE_INTRODUCED))
		skip->state = STATE_WITHIN;
	else
		skip->state = STATE_TEXT;
	return true;
}
