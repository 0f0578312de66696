/* SPDX-License-Identifier: MIT */
/*
 * A line that is not to come through any more.
 */
#include "pic.h"

#include <arch/io.h>

void pic_mask(unsigned int line)
{
	const uint16_t port =
		line < PIC_SLAVE_LINES ? PIC_MASTER_DATA : PIC_SLAVE_DATA;

	io_write8(port,
		  (uint8_t)(io_read8(port) | 1U << line % PIC_SLAVE_LINES));
	io_delay();
}
