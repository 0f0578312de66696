/* SPDX-License-Identifier: MIT */
/*
 * What a key sends, as Linux's console and xterm have it, PURE: a character,
 * one with Ctrl, Esc before one with Alt, an escape sequence for keys that have
 * no character.
 */
#ifndef KEY_SEQUENCE_H
#define KEY_SEQUENCE_H

#include "key_stroke.h"

#include <stddef.h>

enum {
	KEY_SEQUENCE_BYTES = 6, /* the longest, ESC [ 1 ; 5 D */
};

/*
 * Write what the key sends to @bytes, which has room for KEY_SEQUENCE_BYTES,
 * and return how many there are; 0 for a key that sends nothing. @character is
 * the key's own, whatever Ctrl and Alt, or 0; @has_alt tells whether an Alt
 * that puts Esc in front is held.
 *
 *	Esc		ESC
 *	Ctrl with a letter or one of @ [ \ ] ^ _	0x01 to 0x1f
 *	Ctrl with another character	nothing, but Enter, Backspace, Tab and
 *					the blank are themselves
 *	Up Down Right Left	ESC [ A B C D; Right and Left with Ctrl
 *				ESC [ 1 ; 5 C D
 *	Home End	ESC [ H F
 *	Insert Delete PageUp PageDown	ESC [ 2 3 5 6 ~
 *	F1 to F4	ESC O P Q R S
 *	F5 to F12	ESC [ 15 17 18 19 20 21 23 24 ~
 *
 * The keypad without Num Lock sends what its keys' second caps say. Page Up and
 * Down with Shift send nothing: they scroll the screen back.
 */
size_t key_sequence_make(const struct key_stroke *stroke, char character,
			 bool has_alt, char *bytes);

#endif
