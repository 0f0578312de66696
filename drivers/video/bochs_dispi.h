/* SPDX-License-Identifier: MIT */
/*
 * The registers of the display of Bochs and QEMU (Bochs, iodev/display/vga.h;
 * QEMU, docs/specs/standard-vga). Private to drivers/video. Not for interrupt
 * handlers: an access is two.
 */
#ifndef BOCHS_DISPI_H
#define BOCHS_DISPI_H

#include <arch/boot_info.h>
#include <arch/io.h>

enum dispi_port {
	DISPI_INDEX = 0x1ce,
	DISPI_DATA = 0x1cf,
};

enum dispi_register {
	DISPI_ID = 0,
	DISPI_WIDTH = 1,
	DISPI_HEIGHT = 2,
	DISPI_BITS = 3,
	DISPI_ENABLE = 4,
	DISPI_ROW_PIXELS = 6,
	DISPI_LEFT = 8, /* the pixel of the memory at the top left */
	DISPI_TOP = 9,
	DISPI_MEMORY_64K = 10,
};

enum dispi_enable {
	DISPI_OFF = 0,
	DISPI_ON = 1 << 0,
	DISPI_TELL_LIMITS = 1 << 1, /* the sizes read as the largest ones */
	DISPI_LINEAR = 1 << 6,
};

static inline uint16_t dispi_read(enum dispi_register reg)
{
	io_write16(DISPI_INDEX, reg);
	return io_read16(DISPI_DATA);
}

static inline void dispi_write(enum dispi_register reg, uint16_t value)
{
	io_write16(DISPI_INDEX, reg);
	io_write16(DISPI_DATA, value);
}

/* Find the registers, and where the pixels lie; false where there is no such
 * display: it has been said why, once. */
bool bochs_dispi_find(phys_addr_t *pixels);

#endif
