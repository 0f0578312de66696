/* SPDX-License-Identifier: MIT */
/*
 * What a PS/2 mouse sends, PURE: packets of three bytes, or of four with a
 * wheel (Microsoft, "IntelliMouse"; the first three as in IBM "PS/2 Hardware
 * Interface Technical Reference", Mouse).
 *
 *	0: Y overflow, X overflow, Y sign, X sign, 1, middle, right, left
 *	1: X    2: Y, up    3: the wheel, towards the user
 *
 * The bit that is 1 is all that tells a first byte: bytes without it are passed
 * over, so that a packet of which one was lost costs one or two more.
 */
#ifndef MOUSE_PACKET_H
#define MOUSE_PACKET_H

#include <stdbool.h>
#include <stdint.h>

enum {
	MOUSE_PACKET_BYTES = 3,
	MOUSE_PACKET_BYTES_WHEEL = 4,
};

struct mouse_packet {
	int16_t right, down; /* counts since the packet before */
	int8_t wheel;
	uint8_t buttons; /* MOUSE_LEFT ... of drivers/mouse.h */
};

struct mouse_decoder {
	uint8_t bytes[MOUSE_PACKET_BYTES_WHEEL];
	uint8_t count, length;
	uint64_t dropped; /* bytes that began no packet */
};

/* At the start of a packet of @length bytes, one of the above. */
void mouse_decoder_init(struct mouse_decoder *decoder, uint8_t length);

/* A packet that was begun is not gone on with. */
void mouse_decoder_restart(struct mouse_decoder *decoder);

/* Take the next byte. True where *@packet is now whole. A way that overflowed
 * counts as none. O(1), any context. */
bool mouse_decoder_feed(struct mouse_decoder *decoder, uint8_t byte,
			struct mouse_packet *packet);

#endif
