/* SPDX-License-Identifier: MIT */
/*
 * The registers of the PC's real-time clock (Motorola MC146818A data sheet).
 * Any context, but a reading takes two accesses: not from two at once.
 */
#ifndef ARCH_MC146818_H
#define ARCH_MC146818_H

#include <arch/io.h>

enum rtc_port {
	RTC_INDEX = 0x70, /* its highest bit masks the NMI: left 0 */
	RTC_DATA = 0x71,
};

enum rtc_register {
	RTC_SECOND = 0x00,
	RTC_MINUTE = 0x02,
	RTC_HOUR = 0x04,
	RTC_DAY = 0x07,
	RTC_MONTH = 0x08,
	RTC_YEAR = 0x09,
	RTC_STATUS_A = 0x0a,
	RTC_STATUS_B = 0x0b,
	RTC_CENTURY = 0x32, /* the firmware's habit, not the chip's */
};

static inline uint8_t rtc_register_read(uint8_t reg)
{
	io_write8(RTC_INDEX, reg);
	return io_read8(RTC_DATA);
}

#endif
