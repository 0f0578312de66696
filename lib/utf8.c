/* SPDX-License-Identifier: MIT */
/*
 * UTF-8, PURE. Only the second byte of a sequence has bounds of its own.
 */
#include <lib/utf8.h>

enum {
	NEXT_LOW = 0x80,
	NEXT_HIGH = 0xbf,
	NEXT_BITS = 6,
	NEXT_MASK = 0x3f,
};

static enum utf8_result begin(struct utf8_decoder *decoder, uint8_t byte,
			      uint32_t *code)
{
	if (byte < 0x80) {
		*code = byte;
		return UTF8_DONE;
	}
	if (byte < 0xc2 || byte > 0xf4)
		return UTF8_BAD;
	decoder->left = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
	decoder->code = byte & (NEXT_MASK >> decoder->left);
	decoder->low = byte == 0xe0 ? 0xa0 : byte == 0xf0 ? 0x90 : NEXT_LOW;
	decoder->high = byte == 0xed ? 0x9f : byte == 0xf4 ? 0x8f : NEXT_HIGH;
	return UTF8_MORE;
}

enum utf8_result utf8_feed(struct utf8_decoder *decoder, uint8_t byte,
			   uint32_t *code)
{
	if (decoder->left == 0)
		return begin(decoder, byte, code);
	if (byte < decoder->low || byte > decoder->high) {
		decoder->left = 0;
		return UTF8_BAD_AGAIN;
	}
	decoder->low = NEXT_LOW;
	decoder->high = NEXT_HIGH;
	decoder->code = decoder->code << NEXT_BITS | (byte & NEXT_MASK);
	if (--decoder->left != 0)
		return UTF8_MORE;
	*code = decoder->code;
	return UTF8_DONE;
}
