/* SPDX-License-Identifier: MIT */
/*
 * Tests of the lights, with a keyboard that answers, one that asks again, and
 * one that says nothing.
 */
#include "key_leds.h"

#include <kernel/ktest.h>

enum {
	ACK = 0xfa,
	RESEND = 0xfe,
	SET_LEDS = 0xed,
	CAPS = 0x3a,
	NUM = 0x45,
	SCROLL = 0x46,
	RELEASED = 0x80,
	NOTHING = 0x100,
};

static struct key_leds leds;
static struct scan_decoder decoder;
static uint32_t now_ms;

static void key_leds_prepare(struct ktest *test)
{
	(void)test;
	scan_decoder_init(&decoder);
	key_leds_init(&leds);
	now_ms = UINT32_MAX - 100; /* it wraps within the tests */
}

static void feed(uint8_t code)
{
	const struct scan_decoder before = decoder;

	scan_decoder_feed(&decoder, code);
	key_leds_follow(&leds, &before, &decoder, code);
}

static void tap(uint8_t code)
{
	feed(code);
	feed(code | RELEASED);
}

/* The byte that is to be sent now, or NOTHING. */
static unsigned int next(void)
{
	uint8_t byte;

	return key_leds_next(&leds, now_ms, &byte) ? byte : NOTHING;
}

/* A keyboard that answers all: the lights that it was told, or NOTHING. */
static unsigned int lights(struct ktest *test)
{
	unsigned int told;

	if (next() != SET_LEDS)
		return NOTHING;
	KTEST_EXPECT_EQ(test, next(), NOTHING);
	KTEST_EXPECT(test, key_leds_take(&leds, ACK));
	told = next();
	KTEST_EXPECT(test, key_leds_take(&leds, ACK));
	KTEST_EXPECT_EQ(test, next(), NOTHING);
	KTEST_EXPECT(test, key_leds_check(&leds));
	return told;
}

static void key_leds_follow_the_locks(struct ktest *test)
{
	KTEST_EXPECT_EQ(test, lights(test), KEY_LED_NUM);
	tap(CAPS);
	KTEST_EXPECT_EQ(test, lights(test), KEY_LED_NUM | KEY_LED_CAPS);
	tap(NUM);
	KTEST_EXPECT_EQ(test, lights(test), KEY_LED_CAPS);
	tap(SCROLL);
	KTEST_EXPECT_EQ(test, lights(test), KEY_LED_CAPS | KEY_LED_SCROLL);
	tap(CAPS);
	KTEST_EXPECT_EQ(test, lights(test), KEY_LED_SCROLL);
	tap(0x1e);
	KTEST_EXPECT_EQ(test, lights(test), NOTHING);
	KTEST_EXPECT(test, !leds.has_failed);
}

/* Held it switches once; Ctrl-Break and parts of Pause are others. */
static void key_leds_scroll_lock(struct ktest *test)
{
	lights(test);
	feed(SCROLL);
	feed(SCROLL);
	feed(SCROLL);
	KTEST_EXPECT(test, leds.scroll_lock);
	feed(SCROLL | RELEASED);
	KTEST_EXPECT(test, leds.scroll_lock);
	feed(SCAN_CODE_EXTENDED);
	feed(SCROLL);
	feed(SCAN_CODE_PAUSE);
	feed(SCROLL);
	feed(SCROLL);
	KTEST_EXPECT(test, leds.scroll_lock && !leds.scroll_down);
	/* A loss may have eaten the release. */
	feed(SCROLL);
	feed(SCAN_CODE_OVERRUN);
	feed(SCROLL);
	KTEST_EXPECT(test, leds.scroll_lock);
}

/* Keys between command and answer are keys; so is an answer to nothing. */
static void key_leds_keys_between(struct ktest *test)
{
	KTEST_EXPECT(test, !key_leds_take(&leds, ACK));
	KTEST_EXPECT_EQ(test, next(), SET_LEDS);
	KTEST_EXPECT(test, !key_leds_take(&leds, 0x1e));
	tap(CAPS);
	KTEST_EXPECT(test, key_leds_take(&leds, ACK));
	KTEST_EXPECT(test, !key_leds_take(&leds, ACK));
	KTEST_EXPECT_EQ(test, next(), KEY_LED_NUM);
	KTEST_EXPECT(test, key_leds_take(&leds, ACK));
	/* A lock that changed meanwhile is told next. */
	KTEST_EXPECT_EQ(test, lights(test), KEY_LED_NUM | KEY_LED_CAPS);
}

/* Each attempt ends in bounded time, a change makes a new one. */
static void key_leds_no_answer(struct ktest *test)
{
	for (int i = 0; i < 3; i++) {
		KTEST_EXPECT_EQ(test, next(), SET_LEDS);
		now_ms += KEY_LEDS_TIMEOUT_MS;
		KTEST_EXPECT_EQ(test, next(), NOTHING);
		KTEST_EXPECT_EQ(test, leds.has_failed, i > 0);
		now_ms++;
		KTEST_EXPECT_EQ(test, next(), NOTHING);
		KTEST_EXPECT(test, leds.has_failed);
		KTEST_EXPECT(test, !key_leds_take(&leds, ACK));
		KTEST_EXPECT_EQ(test, next(), NOTHING);
		tap(CAPS);
	}
	KTEST_EXPECT_EQ(test, lights(test), KEY_LED_NUM | KEY_LED_CAPS);
}

static void key_leds_no_second_answer(struct ktest *test)
{
	KTEST_EXPECT_EQ(test, next(), SET_LEDS);
	KTEST_EXPECT(test, key_leds_take(&leds, ACK));
	KTEST_EXPECT_EQ(test, next(), KEY_LED_NUM);
	now_ms += KEY_LEDS_TIMEOUT_MS + 1;
	KTEST_EXPECT_EQ(test, next(), NOTHING);
	KTEST_EXPECT(test, leds.has_failed);
	tap(CAPS);
	KTEST_EXPECT_EQ(test, lights(test), KEY_LED_NUM | KEY_LED_CAPS);
}

static void key_leds_resend(struct ktest *test)
{
	for (int i = 0; i < KEY_LEDS_RESENDS; i++) {
		KTEST_EXPECT_EQ(test, next(), SET_LEDS);
		KTEST_EXPECT(test, key_leds_take(&leds, RESEND));
		KTEST_EXPECT(test, !leds.has_failed);
	}
	KTEST_EXPECT_EQ(test, next(), SET_LEDS);
	KTEST_EXPECT(test, key_leds_take(&leds, RESEND));
	KTEST_EXPECT(test, leds.has_failed);
	KTEST_EXPECT_EQ(test, next(), NOTHING);
	tap(CAPS);
	KTEST_EXPECT_EQ(test, next(), SET_LEDS);
	KTEST_EXPECT(test, key_leds_take(&leds, RESEND));
	KTEST_EXPECT_EQ(test, lights(test), KEY_LED_NUM | KEY_LED_CAPS);
}

/* Whatever comes, never two commands without an answer or the time between. */
static void key_leds_random(struct ktest *test)
{
	for (int i = 0; i < 20000; i++) {
		const uint32_t choice = ktest_random(test);
		const enum key_leds_state state = leds.state;
		const uint8_t byte = (uint8_t)(choice >> 8);

		now_ms += choice % 50;
		if (choice % 3 == 0)
			key_leds_take(&leds, choice % 2 ? ACK : byte);
		else if (choice % 3 == 1)
			feed(choice % 2 ? CAPS ^ (byte & RELEASED) : byte);
		else if (next() != NOTHING)
			KTEST_ASSERT(test,
				     state != leds.state || leds.has_failed);
		KTEST_ASSERT(test, key_leds_check(&leds));
	}
}

static void key_leds_check_sees_what_is_wrong(struct ktest *test)
{
	const struct key_leds good = leds;

	KTEST_EXPECT(test, key_leds_check(&leds));
	leds.wanted = 0x80;
	KTEST_EXPECT(test, !key_leds_check(&leds));
	leds = good;
	leds.sent = 0x80;
	KTEST_EXPECT(test, !key_leds_check(&leds));
	leds = good;
	leds.shown = 0x80;
	KTEST_EXPECT(test, !key_leds_check(&leds));
	leds = good;
	leds.state = KEY_LEDS_LAST + 1;
	KTEST_EXPECT(test, !key_leds_check(&leds));
	leds = good;
	leds.resends = UINT8_MAX;
	KTEST_EXPECT(test, !key_leds_check(&leds));
}

static const struct ktest_case key_leds_cases[] = {
	KTEST_CASE(key_leds_follow_the_locks),
	KTEST_CASE(key_leds_scroll_lock),
	KTEST_CASE(key_leds_keys_between),
	KTEST_CASE(key_leds_no_answer),
	KTEST_CASE(key_leds_no_second_answer),
	KTEST_CASE(key_leds_resend),
	KTEST_CASE(key_leds_random),
	KTEST_CASE(key_leds_check_sees_what_is_wrong),
};
KTEST_SUITE_WITH(key_leds, key_leds_cases, .parent = "input",
		 .setup = key_leds_prepare);
