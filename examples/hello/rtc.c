/* SPDX-License-Identifier: MIT */
/*
 * The real-time clock of the PC (MC146818), in its usual mode: BCD, 24 hours.
 */
#include "rtc.h"
#include <arch/io.h>
#include <kernel/driver.h>
#include <kernel/log.h>

enum { RTC_INDEX = 0x70, RTC_DATA = 0x71, RTC_MINUTES = 2, RTC_HOURS = 4 };

static unsigned int rtc_read(uint8_t index)
{
	io_write8(RTC_INDEX, index);
	return io_read8(RTC_DATA);
}

unsigned int rtc_time(void)
{
	return rtc_read(RTC_HOURS) << 8 | rtc_read(RTC_MINUTES);
}

static int rtc_start(void)
{
	log_info("rtc: it is %04x", rtc_time());
	return 0;
}

DRIVER(rtc, DRIVER_DEVICE, rtc_start);
