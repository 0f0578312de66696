/* SPDX-License-Identifier: MIT */
/*
 * Port B of a PC (IBM "PS/2 Hardware Interface Technical Reference"): the
 * speaker, fed by channel 2 of the 8254, and who has raised a non-maskable
 * interrupt.
 */
#ifndef ARCH_KERNEL_PORT_B_H
#define ARCH_KERNEL_PORT_B_H

enum {
	PORT_B = 0x61,
};

enum port_b {
	PORT_B_GATE = 1 << 0, /* channel 2 counts */
	PORT_B_SPEAKER = 1 << 1,
	PORT_B_PIT_OUTPUT = 1 << 5, /* high: it has counted to zero */
	PORT_B_CHANNEL = 1 << 6,
	PORT_B_PARITY = 1 << 7,
};

#endif
