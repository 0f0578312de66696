/* SPDX-License-Identifier: MIT */
/*
 * Keys of a line editor out of the bytes that a keyboard or a terminal sends,
 * PURE. Any context.
 */
#ifndef KEY_DECODER_H
#define KEY_DECODER_H

#include <lib/utf8.h>
#include <stddef.h>

enum edit_key {
	EDIT_KEY_NONE,      /* nothing yet, or nothing that is known */
	EDIT_KEY_CHARACTER, /* it is in the decoder's text */
	EDIT_KEY_ENTER,
	EDIT_KEY_TAB,
	EDIT_KEY_ESCAPE, /* alone */
	EDIT_KEY_LEFT,
	EDIT_KEY_RIGHT,
	EDIT_KEY_WORD_LEFT,
	EDIT_KEY_WORD_RIGHT,
	EDIT_KEY_HOME,
	EDIT_KEY_END,
	EDIT_KEY_BACKSPACE,
	EDIT_KEY_DELETE,
	EDIT_KEY_CUT_TO_START,
	EDIT_KEY_CUT_TO_END,
	EDIT_KEY_CUT_WORD, /* before the cursor, up to a blank */
	EDIT_KEY_CUT_WORD_AHEAD,
	EDIT_KEY_PASTE,
	EDIT_KEY_SWAP,
	EDIT_KEY_CLEAR,
	EDIT_KEY_CANCEL,
	EDIT_KEY_ABORT, /* what is under way, not the line */
	EDIT_KEY_UP,
	EDIT_KEY_DOWN,
	EDIT_KEY_SEARCH,
};

enum {
	KEY_TEXT_MAX = 4, /* bytes of a character in UTF-8 */
};

struct key_decoder {
	unsigned int state; /* of a sequence: key_decoder.c */
	unsigned int number[2];
	unsigned int at; /* the number that is being read */
	bool is_odd;     /* the sequence is none of those that are known */
	bool is_utf8;
	struct utf8_decoder utf8;
	char text[KEY_TEXT_MAX]; /* of the character */
	size_t length;
};

/* Characters are UTF-8, or bytes. */
void key_decoder_init(struct key_decoder *decoder, bool is_utf8);

/*
 * Take a byte; the key that it completes. Sequences are those of ECMA-48, as
 * Linux's console, xterm and rxvt send them. One that is unknown or broken is
 * taken up to its end and gives nothing; a control character within it ends it
 * and counts.
 */
enum edit_key key_decoder_feed(struct key_decoder *decoder, char c);

/*
 * Nothing came for longer than a sequence takes: what was begun is dropped.
 * Gives EDIT_KEY_ESCAPE where that was ESC alone, or nothing.
 */
enum edit_key key_decoder_pause(struct key_decoder *decoder);

#endif
