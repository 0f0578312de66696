/* SPDX-License-Identifier: MIT */
/*
 * The date and the time of day, by the machine's real-time clock. It is set by
 * people and firmware, and may be wrong or jump at any time: nothing in the
 * kernel goes by it. What goes on steadily is the uptime (kernel/time.h).
 */
#ifndef DRIVERS_RTC_H
#define DRIVERS_RTC_H

#include <stdint.h>

struct rtc_date {
	uint16_t year;
	uint8_t month, day; /* from 1 on */
	uint8_t hour, minute, second;
};

/*
 * Read the clock, in whatever zone it is set to. Where it has jumped against
 * the uptime since the last call by more than RTC_JUMP_SECONDS, a warning says
 * so. Returns 0; -ETIMEDOUT where it never gets ready; -EIO where it says what
 * is no date. In kernels with RTC; some microseconds, a hundredth of a second
 * at most; for the thread.
 */
int rtc_read_date(struct rtc_date *date);

#endif
