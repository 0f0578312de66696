/* SPDX-License-Identifier: MIT */
/*
 * The ports of the 8042 keyboard controller, whose output 0 is the CPU's reset
 * line (IBM "PS/2 Hardware Interface Technical Reference", Keyboard and
 * Auxiliary Device Controller).
 */
#ifndef ARCH_I8042_H
#define ARCH_I8042_H

enum i8042_port {
	I8042_DATA = 0x60,
	I8042_STATUS = 0x64,  /* read */
	I8042_COMMAND = 0x64, /* write */
};

enum i8042_status {
	I8042_STATUS_OUTPUT_FULL = 1 << 0, /* a byte for us */
	I8042_STATUS_INPUT_FULL = 1 << 1,  /* ours is not taken yet */
	I8042_STATUS_AUX = 1 << 5,         /* the byte is the second port's */
	I8042_STATUS_ABSENT = 0xff,        /* what an empty bus reads as */
};

enum i8042_command {
	I8042_READ_CONFIG = 0x20,
	I8042_WRITE_CONFIG = 0x60,
	I8042_DISABLE_AUX = 0xa7,
	I8042_SELF_TEST = 0xaa,
	I8042_DISABLE_KEYBOARD = 0xad,
	I8042_ENABLE_KEYBOARD = 0xae,
	I8042_WRITE_AUX = 0xd4,   /* the next byte is for the second port */
	I8042_PULSE_RESET = 0xfe, /* output 0 low for 6 us */
};

#endif
