/* SPDX-License-Identifier: MIT */
/*
 * The lights of Caps, Num and Scroll Lock, PURE: what to tell the keyboard, and
 * when, so that nobody ever waits for it.
 *
 * Two bytes are to be sent, the command and the lights, and each is answered.
 * Whoever drives this asks for a byte when the controller can take one, hands
 * over each byte that comes, and tells the time. An answer that does not come
 * within KEY_LEDS_TIMEOUT_MS ends the attempt; the next change of a lock makes
 * a new one.
 */
#ifndef KEY_LEDS_H
#define KEY_LEDS_H

#include "scancode.h"

enum {
	KEY_LEDS_TIMEOUT_MS = 250,
	KEY_LEDS_RESENDS = 3, /* "resend" so often is a failure */
};

enum key_led {
	KEY_LED_SCROLL = 1 << 0,
	KEY_LED_NUM = 1 << 1,
	KEY_LED_CAPS = 1 << 2,
};

enum key_leds_state {
	KEY_LEDS_IDLE,    /* nothing under way */
	KEY_LEDS_COMMAND, /* the command is sent, its answer is to come */
	KEY_LEDS_LIGHTS,  /* answered: the lights are to be sent */
	KEY_LEDS_LAST,    /* they are sent, the last answer is to come */
};

struct key_leds {
	uint8_t wanted; /* of enum key_led */
	uint8_t shown;  /* what the keyboard was told last, or was tried */
	uint8_t sent;   /* the lights of the attempt under way */
	uint8_t resends;
	enum key_leds_state state;
	uint32_t since_ms; /* when the last byte was sent */
	bool has_failed;   /* once: an attempt came to nothing */
	bool scroll_lock, scroll_down;
};

/* Nothing told yet: the first lights are sent whatever they are. */
void key_leds_init(struct key_leds *leds);

/* Follow the locks: @decoder was fed with @code, before which it was as
 * @before. */
void key_leds_follow(struct key_leds *leds, const struct scan_decoder *before,
		     const struct scan_decoder *decoder, uint8_t code);

/* Is there a byte to send, at @now_ms? If so it counts as sent. The time may
 * wrap. */
bool key_leds_next(struct key_leds *leds, uint32_t now_ms, uint8_t *byte);

/* A byte has come from the keyboard. True where it was an answer to ours, and
 * is no key. */
bool key_leds_take(struct key_leds *leds, uint8_t byte);

/* Consistent? */
bool key_leds_check(const struct key_leds *leds);

#endif
