/* SPDX-License-Identifier: MIT */
/*
 * What a PS/2 mouse sends, PURE. The header has the format.
 */
#include "mouse_packet.h"

enum {
	BUTTONS = 7,
	ALWAYS = 1 << 3,
	X_SIGN = 1 << 4,
	Y_SIGN = 1 << 5,
	X_OVERFLOW = 1 << 6,
	Y_OVERFLOW = 1 << 7,
	BYTE_VALUES = 256,
};

void mouse_decoder_init(struct mouse_decoder *decoder, uint8_t length)
{
	*decoder = (struct mouse_decoder){ .length = length };
}

void mouse_decoder_restart(struct mouse_decoder *decoder)
{
	decoder->dropped += decoder->count;
	decoder->count = 0;
}

/* Nine bits, the sign in the first byte. */
static int16_t way(uint8_t first, uint8_t low, uint8_t sign, uint8_t overflow)
{
	if (first & overflow)
		return 0;
	return (int16_t)(first & sign ? low - BYTE_VALUES : low);
}

bool mouse_decoder_feed(struct mouse_decoder *decoder, uint8_t byte,
			struct mouse_packet *packet)
{
	const uint8_t *const bytes = decoder->bytes;

	if (decoder->count == 0 && !(byte & ALWAYS)) {
		decoder->dropped++;
		return false;
	}
	decoder->bytes[decoder->count++] = byte;
	if (decoder->count < decoder->length)
		return false;
	decoder->count = 0;
	*packet = (struct mouse_packet){
		.right = way(bytes[0], bytes[1], X_SIGN, X_OVERFLOW),
		.down = (int16_t)-way(bytes[0], bytes[2], Y_SIGN, Y_OVERFLOW),
		.wheel = decoder->length == MOUSE_PACKET_BYTES_WHEEL
				 ? (int8_t)bytes[3]
				 : 0,
		.buttons = bytes[0] & BUTTONS,
	};
	return true;
}
