/* SPDX-License-Identifier: MIT */
/*
 * Packets of gdb's remote protocol, PURE.
 */
#include "gdb_packet.h"

#include <lib/string.h>

enum {
	CTRL_C = 3,
	ESCAPE_BIT = 0x20,
	NO_DIGIT = -1,
	DIGITS_MAX = 16,
};

static int digit_value(char digit)
{
	if (digit >= '0' && digit <= '9')
		return digit - '0';
	if (digit >= 'a' && digit <= 'f')
		return digit - 'a' + 10;
	if (digit >= 'A' && digit <= 'F')
		return digit - 'A' + 10;
	return NO_DIGIT;
}

static void packet_begin(struct gdb_receiver *receiver)
{
	receiver->place = GDB_IN_TEXT;
	receiver->sum = 0;
	receiver->length = 0;
	receiver->is_bad = false;
}

static void text_add(struct gdb_receiver *receiver, uint8_t byte)
{
	if (receiver->length == GDB_PACKET_MAX)
		receiver->is_bad = true;
	else
		receiver->text[receiver->length++] = (char)byte;
}

static void take_text(struct gdb_receiver *receiver, uint8_t byte)
{
	if (byte == '#') {
		receiver->place = GDB_FIRST_DIGIT;
		return;
	}
	receiver->sum += byte;
	if (receiver->place == GDB_ESCAPED) {
		receiver->place = GDB_IN_TEXT;
		text_add(receiver, byte ^ ESCAPE_BIT);
	} else if (byte == '}') {
		receiver->place = GDB_ESCAPED;
	} else {
		text_add(receiver, byte);
	}
}

static void take_digit(struct gdb_receiver *receiver, uint8_t byte)
{
	const int value = digit_value((char)byte);

	if (value == NO_DIGIT)
		receiver->is_bad = true;
	receiver->wanted = (uint8_t)(receiver->wanted << 4 | (value & 0xf));
}

static enum gdb_event take_outside(uint8_t byte)
{
	switch (byte) {
	case '+':
		return GDB_ACK;
	case '-':
		return GDB_NAK;
	case CTRL_C:
		return GDB_BREAK;
	default:
		return GDB_NOTHING;
	}
}

/* A $ is part of no text: what came before has lost its end. */
enum gdb_event gdb_receive(struct gdb_receiver *receiver, uint8_t byte)
{
	if (byte == '$') {
		packet_begin(receiver);
		return GDB_NOTHING;
	}
	switch (receiver->place) {
	case GDB_IN_TEXT:
	case GDB_ESCAPED:
		take_text(receiver, byte);
		return GDB_NOTHING;
	case GDB_FIRST_DIGIT:
		take_digit(receiver, byte);
		receiver->place = GDB_LAST_DIGIT;
		return GDB_NOTHING;
	case GDB_LAST_DIGIT:
		take_digit(receiver, byte);
		receiver->place = GDB_OUTSIDE;
		receiver->text[receiver->length] = '\0';
		return receiver->is_bad || receiver->wanted != receiver->sum
			       ? GDB_BROKEN
			       : GDB_PACKET;
	default:
		return take_outside(byte);
	}
}

bool gdb_scan_text(struct gdb_scan *scan, const char *prefix)
{
	const size_t length = strlen(prefix);

	if ((size_t)(scan->end - scan->at) < length ||
	    memcmp(scan->at, prefix, length) != 0)
		return false;
	scan->at += length;
	return true;
}

bool gdb_scan_number(struct gdb_scan *scan, uint64_t *number)
{
	const char *at = scan->at;
	uint64_t value = 0;

	while (at < scan->end && digit_value(*at) != NO_DIGIT)
		value = value << 4 | (uint64_t)digit_value(*at++);
	if (at == scan->at || at - scan->at > DIGITS_MAX)
		return false;
	scan->at = at;
	*number = value;
	return true;
}

size_t gdb_scan_bytes(struct gdb_scan *scan, uint8_t *bytes, size_t max)
{
	size_t count = 0;

	while (count < max && scan->end - scan->at >= 2) {
		const int high = digit_value(scan->at[0]);
		const int low = digit_value(scan->at[1]);

		if (high == NO_DIGIT || low == NO_DIGIT)
			break;
		bytes[count++] = (uint8_t)(high << 4 | low);
		scan->at += 2;
	}
	return count;
}

char gdb_digit(unsigned int value)
{
	return "0123456789abcdef"[value & 0xf];
}

static void put_char(struct gdb_reply *reply, char c)
{
	if (reply->length < GDB_PACKET_MAX)
		reply->text[reply->length++] = c;
}

void gdb_put_text(struct gdb_reply *reply, const char *text)
{
	while (*text != '\0')
		put_char(reply, *text++);
}

void gdb_put_bytes(struct gdb_reply *reply, const void *bytes, size_t count)
{
	const uint8_t *byte = bytes;

	for (size_t i = 0; i < count; i++) {
		put_char(reply, gdb_digit(byte[i] >> 4));
		put_char(reply, gdb_digit(byte[i]));
	}
}

void gdb_put_number(struct gdb_reply *reply, uint64_t number)
{
	unsigned int shift = 60;

	while (shift > 0 && number >> shift == 0)
		shift -= 4;
	put_char(reply, gdb_digit((unsigned int)(number >> shift)));
	while (shift > 0) {
		shift -= 4;
		put_char(reply, gdb_digit((unsigned int)(number >> shift)));
	}
}

uint8_t gdb_sum(const char *text, size_t length)
{
	uint8_t sum = 0;

	for (size_t i = 0; i < length; i++)
		sum += (uint8_t)text[i];
	return sum;
}
