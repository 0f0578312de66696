/* SPDX-License-Identifier: MIT */
/*
 * Takes control sequences out of a stream of bytes, PURE.
 */
#include <video/ansi_parser.h>

enum {
	BEL = 0x07,
	CAN = 0x18,
	SUB = 0x1a,
	ESC = 0x1b,
	DEL = 0x7f,
};

void ansi_parser_init(struct ansi_parser *parser)
{
	*parser = (struct ansi_parser){ .state = ANSI_GROUND };
}

static enum ansi_event go(struct ansi_parser *parser, enum ansi_state state)
{
	parser->state = state;
	return ANSI_NOTHING;
}

static bool is_in_text(const struct ansi_parser *parser)
{
	return parser->state == ANSI_IN_OSC || parser->state == ANSI_IN_STRING;
}

static enum ansi_event feed_control(struct ansi_parser *parser, uint8_t byte)
{
	if (byte == ESC) {
		parser->sequence = (struct ansi_sequence){ .count = 0 };
		return go(parser, ANSI_AFTER_ESC);
	}
	if (byte == CAN || byte == SUB)
		return go(parser, ANSI_GROUND);
	if (byte == BEL && parser->state == ANSI_IN_OSC)
		return go(parser, ANSI_GROUND);
	return is_in_text(parser) ? ANSI_NOTHING : ANSI_CONTROL;
}

/* What ESC and this byte begin. */
static enum ansi_event feed_after_esc(struct ansi_parser *parser, uint8_t byte)
{
	struct ansi_sequence *sequence = &parser->sequence;

	if (byte < '0') {
		sequence->intermediate = byte;
		return ANSI_NOTHING;
	}
	parser->state = ANSI_GROUND;
	sequence->final = byte;
	if (sequence->intermediate != 0)
		return ANSI_ESCAPE;
	switch (byte) {
	case '[':
		sequence->count = 1;
		parser->is_fresh = true;
		return go(parser, ANSI_IN_CSI);
	case ']':
		return go(parser, ANSI_IN_OSC);
	case 'P':
	case 'X':
	case '^':
	case '_':
		return go(parser, ANSI_IN_STRING);
	default:
		return ANSI_ESCAPE;
	}
}

static void add_digit(struct ansi_sequence *sequence, uint8_t digit)
{
	uint32_t value;

	if (sequence->count > ANSI_VALUES_MAX)
		return;
	value = sequence->values[sequence->count - 1] * 10U + digit;
	sequence->values[sequence->count - 1] =
		(uint16_t)(value < ANSI_VALUE_MAX ? value : ANSI_VALUE_MAX);
}

/* One more value; the first for which there is no room is counted, so that
 * digits know. */
static void add_value(struct ansi_sequence *sequence, bool is_joined)
{
	if (sequence->count > ANSI_VALUES_MAX)
		return;
	if (is_joined && sequence->count < ANSI_VALUES_MAX)
		sequence->joined |= 1U << sequence->count;
	sequence->count++;
}

/* '0' to '?': numbers, what is between them, prefixes. */
static enum ansi_event feed_parameter(struct ansi_parser *parser, uint8_t byte)
{
	struct ansi_sequence *sequence = &parser->sequence;

	if (sequence->intermediate != 0)
		return go(parser, ANSI_IN_BAD_CSI);
	if (byte <= '9')
		add_digit(sequence, byte - '0');
	else if (byte <= ';')
		add_value(sequence, byte == ':');
	else if (parser->is_fresh)
		sequence->prefix = byte;
	else
		return go(parser, ANSI_IN_BAD_CSI);
	parser->is_fresh = false;
	return ANSI_NOTHING;
}

static enum ansi_event feed_csi(struct ansi_parser *parser, uint8_t byte)
{
	struct ansi_sequence *sequence = &parser->sequence;
	const bool is_bad = parser->state == ANSI_IN_BAD_CSI;

	if (byte >= '@') {
		parser->state = ANSI_GROUND;
		sequence->final = byte;
		if (sequence->count > ANSI_VALUES_MAX)
			sequence->count = ANSI_VALUES_MAX;
		return is_bad ? ANSI_NOTHING : ANSI_CSI;
	}
	if (is_bad)
		return ANSI_NOTHING;
	if (byte >= '0')
		return feed_parameter(parser, byte);
	sequence->intermediate = byte;
	parser->is_fresh = false;
	return ANSI_NOTHING;
}

enum ansi_event ansi_parser_feed(struct ansi_parser *parser, uint8_t byte)
{
	if (byte < ' ')
		return feed_control(parser, byte);
	if (byte == DEL || is_in_text(parser))
		return ANSI_NOTHING;
	if (byte > DEL) {
		/* Nothing of a sequence: it ends here. */
		parser->state = ANSI_GROUND;
		return ANSI_GLYPH;
	}
	switch (parser->state) {
	case ANSI_AFTER_ESC:
		return feed_after_esc(parser, byte);
	case ANSI_IN_CSI:
	case ANSI_IN_BAD_CSI:
		return feed_csi(parser, byte);
	default:
		return ANSI_GLYPH;
	}
}

uint32_t ansi_value(const struct ansi_sequence *sequence, uint32_t at,
		    uint32_t missing)
{
	if (at >= sequence->count || sequence->values[at] == 0)
		return missing;
	return sequence->values[at];
}
