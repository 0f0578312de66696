/* SPDX-License-Identifier: MIT */
/*
 * Takes control sequences out of a stream of bytes, PURE: those of ECMA-48
 * ("Control Functions for Coded Character Sets", 5th edition) in their 7-bit
 * form, with what terminals make of broken ones. Any context.
 *
 *	ESC [ ? 2 5 l		a control sequence: prefix, numbers, final
 *	ESC # 8, ESC D		an escape sequence
 *	ESC ] ... BEL or ESC \	a string, which is swallowed; so are those
 *				that begin with ESC P, X, ^ and _
 *
 * A control character within a sequence is obeyed at once, and the sequence
 * goes on; but ESC begins another, and CAN or SUB only ends it. In a string
 * control characters are swallowed, too. A sequence that is longer than what
 * is kept of it goes on to its end, and what has no room does not count. So
 * the state is bounded, whatever comes; a string without an end swallows what
 * follows, until its user begins anew.
 */
#ifndef VIDEO_ANSI_PARSER_H
#define VIDEO_ANSI_PARSER_H

#include <stdbool.h>
#include <stdint.h>

enum {
	ANSI_VALUES_MAX = 32,
	ANSI_VALUE_MAX = 65535, /* larger ones are this */
};

enum ansi_event {
	ANSI_NOTHING, /* more is needed, or nothing is to be done */
	ANSI_GLYPH,   /* the byte is to be shown */
	ANSI_CONTROL, /* the byte is a control character below 0x20 */
	ANSI_ESCAPE,  /* an escape sequence is complete */
	ANSI_CSI,     /* a control sequence is complete */
};

enum ansi_state {
	ANSI_GROUND,
	ANSI_AFTER_ESC,
	ANSI_IN_CSI,
	ANSI_IN_BAD_CSI, /* goes on to its end, and does nothing */
	ANSI_IN_OSC,
	ANSI_IN_STRING,
};

/* A sequence that is complete; valid until the next byte. */
struct ansi_sequence {
	uint8_t prefix;       /* '<' to '?' behind ESC [; 0 for none */
	uint8_t intermediate; /* ' ' to '/', the last one; 0 for none */
	uint8_t final;
	uint8_t count; /* values; at least 1 in a control sequence */
	uint16_t values[ANSI_VALUES_MAX]; /* 0 where there is no number */
	uint32_t joined; /* bit i: ':' in place of ';' before value i */
};

struct ansi_parser {
	enum ansi_state state;
	bool is_fresh; /* ESC [ was the last */
	struct ansi_sequence sequence;
};

/* Begin in the ground state. */
void ansi_parser_init(struct ansi_parser *parser);

/* Take the next byte. DEL is nothing, from 0x80 on bytes are glyphs. */
enum ansi_event ansi_parser_feed(struct ansi_parser *parser, uint8_t byte);

/* A value of the sequence, or @missing where it is 0 or not there. */
uint32_t ansi_value(const struct ansi_sequence *sequence, uint32_t at,
		    uint32_t missing);

#endif
