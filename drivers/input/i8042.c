/* SPDX-License-Identifier: MIT */
/*
 * The 8042 keyboard controller and the PS/2 keyboard behind it (IBM "PS/2
 * Hardware Interface Technical Reference", Keyboard and Auxiliary Device
 * Controller).
 *
 * The interrupt handler moves codes from the controller into a queue; poll(),
 * in the thread, decodes them. The second port (mouse) is switched off, or
 * ps2_mouse.c has it.
 *
 * The line of the interrupt goes up when a byte arrives and comes down when it
 * is read, and the interrupt controller takes note of the way up only. A byte
 * that lies there before the line is ours would keep it up for good: no
 * interrupt would ever come again. So everything is read once more when the
 * handler is in place.
 */
#include "key_text.h"
#include "keyboard_leds.h"
#include "keyboard_repeat.h"
#include "ps2_mouse.h"
#include "scan_key.h"
#include "scan_queue.h"
#include "scan_set2.h"
#include "scancode.h"
#include <arch/i8042.h>
#include <arch/io.h>
#include <arch/irq.h>
#include <arch/irq_stats.h>
#include <drivers/keyboard.h>
#include <kernel/driver.h>
#include <kernel/errno.h>
#include <kernel/input.h>
#include <kernel/key.h>
#include <kernel/log.h>
#include <kernel/util.h>

enum i8042_config {
	I8042_CONFIG_KEYBOARD_IRQ = 1 << 0,
	I8042_CONFIG_AUX_IRQ = 1 << 1,
	I8042_CONFIG_KEYBOARD_OFF = 1 << 4,
	I8042_CONFIG_AUX_OFF = 1 << 5,
	I8042_CONFIG_TRANSLATE = 1 << 6, /* set 2 to set 1 */
};

enum i8042_reply {
	I8042_SELF_TEST_PASSED = 0x55,
};

enum keyboard_command {
	KEYBOARD_ENABLE_SCANNING = 0xf4,
	KEYBOARD_DEFAULTS_AND_STOP = 0xf5, /* scan code set 2, no keys */
};

enum keyboard_reply {
	KEYBOARD_ACK = 0xfa,
};

enum {
	/* A look takes 2 us or so: half a second in all. */
	I8042_WAIT_LOOKS = 250000,
	/* More bytes than any keyboard and controller hold together. */
	I8042_DRAIN_BYTES = 256,
	/* Replies of the keyboard may stand behind keys pressed before. */
	I8042_ACK_BYTES = 64,
	/* Bytes an interrupt takes at most; each that is left raises anew. */
	I8042_IRQ_BYTES = 32,
};

static uint8_t queue_bytes[CONFIG_KBD_QUEUE_SIZE];
static struct scan_queue queue;
static struct scan_decoder decoder;

/* Wait until (status & mask) == value. 0 or -ETIMEDOUT. */
static int i8042_wait(uint8_t mask, uint8_t value)
{
	for (unsigned int i = 0; i < I8042_WAIT_LOOKS; i++) {
		if ((io_read8(I8042_STATUS) & mask) == value)
			return 0;
		io_delay();
	}
	return -ETIMEDOUT;
}

static int i8042_write(enum i8042_port port, uint8_t value)
{
	int error = i8042_wait(I8042_STATUS_INPUT_FULL, 0);

	if (error != 0)
		return error;
	io_write8(port, value);
	return 0;
}

static int i8042_read(uint8_t *value)
{
	int error =
		i8042_wait(I8042_STATUS_OUTPUT_FULL, I8042_STATUS_OUTPUT_FULL);

	if (error != 0)
		return error;
	*value = io_read8(I8042_DATA);
	return 0;
}

/* Throw away what lies there. A byte may need a moment to follow the last. */
static void i8042_drain(void)
{
	for (unsigned int i = 0; i < I8042_DRAIN_BYTES; i++) {
		if (!(io_read8(I8042_STATUS) & I8042_STATUS_OUTPUT_FULL))
			return;
		io_read8(I8042_DATA);
		io_delay();
	}
}

static int i8042_write_config(uint8_t config)
{
	int error = i8042_write(I8042_COMMAND, I8042_WRITE_CONFIG);

	return error != 0 ? error : i8042_write(I8042_DATA, config);
}

static int i8042_read_config(uint8_t *config)
{
	int error = i8042_write(I8042_COMMAND, I8042_READ_CONFIG);

	return error != 0 ? error : i8042_read(config);
}

static int i8042_self_test(void)
{
	uint8_t reply = 0;
	int error = i8042_write(I8042_COMMAND, I8042_SELF_TEST);

	if (error == 0)
		error = i8042_read(&reply);
	if (error != 0)
		return error;
	return reply == I8042_SELF_TEST_PASSED ? 0 : -EIO;
}

/* Both ports off and quiet, so that the next byte is the controller's. */
static int i8042_silence(uint8_t *config)
{
	int error = i8042_write(I8042_COMMAND, I8042_DISABLE_KEYBOARD);

	if (error == 0)
		error = i8042_write(I8042_COMMAND, I8042_DISABLE_AUX);
	if (error != 0)
		return error;
	i8042_drain();
	error = i8042_read_config(config);
	if (error != 0)
		return error;
	*config &= ~(I8042_CONFIG_KEYBOARD_IRQ | I8042_CONFIG_AUX_IRQ);
	return i8042_write_config(*config);
}

/* Test the controller and open the keyboard's port. */
static int i8042_set_up(void)
{
	uint8_t config = 0;
	int error = i8042_silence(&config);

	if (error == 0)
		error = i8042_self_test();
	if (error != 0)
		return error;
	/* The test may have reset the controller: write it all again. */
	config |= I8042_CONFIG_KEYBOARD_IRQ | I8042_CONFIG_AUX_OFF |
		  I8042_CONFIG_TRANSLATE;
	if (IS_ENABLED(CONFIG_KEYBOARD_SET2))
		config &= ~I8042_CONFIG_TRANSLATE;
	if (IS_ENABLED(CONFIG_PS2_MOUSE)) {
		config |= I8042_CONFIG_AUX_IRQ;
		config &= ~I8042_CONFIG_AUX_OFF;
	}
	config &= ~I8042_CONFIG_KEYBOARD_OFF;
	error = i8042_write_config(config);
	if (error != 0)
		return error;
	return i8042_write(I8042_COMMAND, I8042_ENABLE_KEYBOARD);
}

/* Give the keyboard a command, which it has to acknowledge. */
static int keyboard_command(enum keyboard_command command)
{
	uint8_t reply;
	int error = i8042_write(I8042_DATA, command);

	for (unsigned int i = 0; error == 0 && i < I8042_ACK_BYTES; i++) {
		error = i8042_read(&reply);
		if (error == 0 && reply == KEYBOARD_ACK)
			return 0;
	}
	return error != 0 ? error : -EIO;
}

/* Give the keyboard a byte at once, or not at all. */
static bool keyboard_write(uint8_t byte)
{
	if (io_read8(I8042_STATUS) & I8042_STATUS_INPUT_FULL)
		return false;
	io_write8(I8042_DATA, byte);
	return true;
}

static int keyboard_send(uint8_t byte)
{
	return keyboard_command((enum keyboard_command)byte);
}

/*
 * Have the keyboard send keys, from now on. What was pressed before must go:
 * the loader may have had those codes in another set, and one that reads as
 * the press of Ctrl would hold it down for good.
 */
static int keyboard_enable(void)
{
	int error = keyboard_command(KEYBOARD_DEFAULTS_AND_STOP);

	if (error != 0)
		return error;
	i8042_drain();
	if (IS_ENABLED(CONFIG_KEYBOARD_REPEAT))
		keyboard_repeat_set(keyboard_send);
	return keyboard_command(KEYBOARD_ENABLE_SCANNING);
}

/* A byte of the mouse's, within half a second, whatever the keyboard sends
 * meanwhile: that is lost. */
static int aux_read(uint8_t *byte)
{
	for (unsigned int i = 0; i < I8042_WAIT_LOOKS; i++) {
		const uint8_t status = io_read8(I8042_STATUS);

		if (status & I8042_STATUS_OUTPUT_FULL) {
			*byte = io_read8(I8042_DATA);
			if (status & I8042_STATUS_AUX)
				return 0;
		}
		io_delay();
	}
	return -ETIMEDOUT;
}

/* Moves of before stand in front of the answer: a loader may have had the mouse
 * send them. */
static int aux_command(uint8_t byte)
{
	uint8_t reply;
	int error = i8042_write(I8042_COMMAND, I8042_WRITE_AUX);

	if (error == 0)
		error = i8042_write(I8042_DATA, byte);
	for (unsigned int i = 0; error == 0 && i < I8042_ACK_BYTES; i++) {
		error = aux_read(&reply);
		if (error == 0 && reply == KEYBOARD_ACK)
			return 0;
	}
	return error != 0 ? error : -EIO;
}

/* The mouse on the second port. Behind the keyboard, whose answers nothing
 * tells from moves of the mouse. */
static void aux_start(void)
{
	static const struct ps2_mouse_port port = { aux_command, aux_read };

	if (ps2_mouse_start(&port) != 0)
		(void)i8042_write(I8042_COMMAND, I8042_DISABLE_AUX);
}

/* A byte of the keyboard, from the handler of the interrupt. */
static void keyboard_take(uint8_t byte)
{
	static struct scan_set2 set2;

	if (IS_ENABLED(CONFIG_KEYBOARD_LEDS) && keyboard_leds_take(byte))
		return;
	if (IS_ENABLED(CONFIG_KEYBOARD_SET2) &&
	    !scan_set2_feed(&set2, byte, &byte))
		return;
	scan_queue_push(&queue, byte);
}

/* The handler of the interrupt: take what lies there. */
static void i8042_take(void)
{
	for (unsigned int i = 0; i < I8042_IRQ_BYTES; i++) {
		uint8_t status = io_read8(I8042_STATUS);
		uint8_t code;

		if (!(status & I8042_STATUS_OUTPUT_FULL))
			return;
		code = io_read8(I8042_DATA);
		if (!(status & I8042_STATUS_AUX))
			keyboard_take(code);
		else if (IS_ENABLED(CONFIG_PS2_MOUSE))
			ps2_mouse_take(code);
	}
}

static int i8042_find(void)
{
	int error;

	if (io_read8(I8042_STATUS) == I8042_STATUS_ABSENT) {
		log_warn("i8042: no controller, so no PS/2 keyboard");
		return -ENODEV;
	}
	error = i8042_set_up();
	if (error != 0) {
		log_warn("i8042: the controller does not work (error %d)",
			 error);
		return error;
	}
	if (keyboard_enable() != 0)
		log_warn("i8042: no keyboard answers; one may come later");
	if (IS_ENABLED(CONFIG_PS2_MOUSE))
		aux_start();
	return 0;
}

static int i8042_start(void)
{
	int error = i8042_find();

	if (error != 0)
		return error;
	scan_decoder_init(&decoder);
	if (IS_ENABLED(CONFIG_KEYBOARD_LEDS))
		keyboard_leds_start(keyboard_write);
	scan_queue_init(&queue, queue_bytes, sizeof(queue_bytes));
	error = irq_register(IRQ_KEYBOARD, i8042_take);
	if (error != 0)
		return error;
	irq_set_name(IRQ_KEYBOARD, "i8042");
	if (IS_ENABLED(CONFIG_PS2_MOUSE) &&
	    irq_register(IRQ_MOUSE, i8042_take) == 0)
		irq_set_name(IRQ_MOUSE, "ps2_mouse");
	i8042_take();
	log_info("i8042: PS/2 keyboard, queue of %d bytes",
		 CONFIG_KBD_QUEUE_SIZE);
	return 0;
}

/* Tell the handlers of a key that has no character. */
static void tell_key(uint8_t code)
{
	static const uint32_t keys[] = {
		[SCAN_KEY_NONE] = KEY_NONE,
		[SCAN_KEY_PAGE_UP] = KEY_PAGE_UP,
		[SCAN_KEY_PAGE_DOWN] = KEY_PAGE_DOWN,
	};
	const uint32_t key = keys[scan_key_of(&decoder, code)];

	if (key != KEY_NONE)
		key_press(scan_key_has_shift(&decoder) ? key | KEY_SHIFT : key);
}

/* The character that a code makes, or 0. */
static char keyboard_decode(uint8_t code)
{
	const struct scan_decoder before = decoder;
	char c;

	if (IS_ENABLED(CONFIG_KEY_HANDLERS))
		tell_key(code);
	if (IS_ENABLED(CONFIG_KEY_TEXT))
		c = key_text_feed(&decoder, code);
	else
		c = scan_decoder_feed(&decoder, code);
	if (IS_ENABLED(CONFIG_KEY_HANDLERS))
		key_press((unsigned char)c);
	if (IS_ENABLED(CONFIG_KEYBOARD_LEDS))
		keyboard_leds_follow(&before, &decoder, code);
	return c;
}

static int keyboard_poll(void)
{
	uint8_t code;
	char c;

	if (IS_ENABLED(CONFIG_KEYBOARD_LEDS))
		keyboard_leds_go_on();
	if (IS_ENABLED(CONFIG_KEY_TEXT) && (c = key_text_next()) != 0)
		return (unsigned char)c;
	while (scan_queue_pop(&queue, &code)) {
		c = keyboard_decode(code);
		if (c != 0)
			return (unsigned char)c;
	}
	return -EAGAIN;
}

uint64_t keyboard_codes_lost(void)
{
	return scan_queue_lost(&queue);
}

static const struct input_source keyboard_source = {
	.name = "keyboard",
	.poll = keyboard_poll,
};
INPUT_SOURCE(keyboard_source);

DRIVER(i8042, DRIVER_DEVICE, i8042_start);
