/* SPDX-License-Identifier: MIT */
/*
 * The lights of the locks, PURE (IBM "PS/2 Hardware Interface Technical
 * Reference", Keyboards, Set/Reset Status Indicators).
 */
#include "key_leds.h"

enum {
	CODE_RELEASED = 0x80,
	CODE_SCROLL_LOCK = 0x46,
	COMMAND_SET_LEDS = 0xed,
	REPLY_ACK = 0xfa,
	REPLY_RESEND = 0xfe,
	LEDS_UNKNOWN = 0xff,
	LEDS_ALL = KEY_LED_SCROLL | KEY_LED_NUM | KEY_LED_CAPS,
};

void key_leds_init(struct key_leds *leds)
{
	*leds = (struct key_leds){
		.wanted = KEY_LED_NUM,
		.shown = LEDS_UNKNOWN,
	};
}

/* Scroll Lock is none of the decoder's: it has a light and no more. */
static void follow_scroll_lock(struct key_leds *leds,
			       const struct scan_decoder *before, uint8_t code)
{
	const bool is_press = (code & CODE_RELEASED) == 0;

	if (scan_code_is_overrun(code))
		leds->scroll_down = false;
	if (before->skip > 0 || before->is_extended ||
	    (code & ~CODE_RELEASED) != CODE_SCROLL_LOCK)
		return;
	if (is_press && !leds->scroll_down)
		leds->scroll_lock = !leds->scroll_lock;
	leds->scroll_down = is_press;
}

void key_leds_follow(struct key_leds *leds, const struct scan_decoder *before,
		     const struct scan_decoder *decoder, uint8_t code)
{
	follow_scroll_lock(leds, before, code);
	leds->wanted = (leds->scroll_lock ? KEY_LED_SCROLL : 0) |
		       (decoder->num_lock ? KEY_LED_NUM : 0) |
		       (decoder->caps_lock ? KEY_LED_CAPS : 0);
}

static bool is_waiting(const struct key_leds *leds)
{
	return leds->state == KEY_LEDS_COMMAND || leds->state == KEY_LEDS_LAST;
}

/* It came to nothing. These lights are not tried again. */
static void give_up(struct key_leds *leds)
{
	leds->shown = leds->sent;
	leds->state = KEY_LEDS_IDLE;
	leds->has_failed = true;
}

bool key_leds_next(struct key_leds *leds, uint32_t now_ms, uint8_t *byte)
{
	if (is_waiting(leds) && now_ms - leds->since_ms > KEY_LEDS_TIMEOUT_MS)
		give_up(leds);
	if (is_waiting(leds) ||
	    (leds->state == KEY_LEDS_IDLE && leds->wanted == leds->shown))
		return false;
	leds->since_ms = now_ms;
	if (leds->state == KEY_LEDS_LIGHTS) {
		*byte = leds->sent;
		leds->state = KEY_LEDS_LAST;
		return true;
	}
	if (leds->sent != leds->wanted)
		leds->resends = 0;
	leds->sent = leds->wanted;
	*byte = COMMAND_SET_LEDS;
	leds->state = KEY_LEDS_COMMAND;
	return true;
}

bool key_leds_take(struct key_leds *leds, uint8_t byte)
{
	if (!is_waiting(leds) || (byte != REPLY_ACK && byte != REPLY_RESEND))
		return false;
	if (byte == REPLY_RESEND) {
		leds->state = KEY_LEDS_IDLE;
		if (++leds->resends > KEY_LEDS_RESENDS)
			give_up(leds);
		return true;
	}
	if (leds->state == KEY_LEDS_COMMAND) {
		leds->state = KEY_LEDS_LIGHTS;
		return true;
	}
	leds->state = KEY_LEDS_IDLE;
	leds->shown = leds->sent;
	leds->resends = 0;
	return true;
}

bool key_leds_check(const struct key_leds *leds)
{
	return (leds->wanted & ~LEDS_ALL) == 0 &&
	       (leds->sent & ~LEDS_ALL) == 0 &&
	       (leds->shown == LEDS_UNKNOWN ||
		(leds->shown & ~LEDS_ALL) == 0) &&
	       leds->state <= KEY_LEDS_LAST &&
	       leds->resends <= KEY_LEDS_RESENDS + 1;
}
