/* SPDX-License-Identifier: MIT */
/*
 * What the registers of a real-time clock say, PURE: BCD or binary, 12 or 24
 * hours, with or without a century; and whether it has jumped.
 */
#ifndef DRIVERS_TIMER_RTC_DATE_H
#define DRIVERS_TIMER_RTC_DATE_H

#include <drivers/rtc.h>
#include <stdbool.h>
#include <stdint.h>

/* Bits of status register B (Motorola MC146818A data sheet, "Register B"). */
enum rtc_status_b {
	RTC_24_HOURS = 1 << 1,
	RTC_BINARY = 1 << 2,
};

/* As they are read. A century of no sense is none: machines without one have
 * anything there. */
struct rtc_registers {
	uint8_t second, minute, hour, day, month, year, century;
	uint8_t status_b;
};

/*
 * The date that they say, the years from 1970 on where there is no century.
 * False where there is no such date or time: *@date is not to be used then.
 */
bool rtc_date_decode(const struct rtc_registers *registers,
		     struct rtc_date *date);

/* Seconds from 1970-01-01 00:00:00 to a date that is one, from then on, in the
 * Gregorian calendar. */
uint64_t rtc_date_seconds(const struct rtc_date *date);

/* The last reading; all zero before the first. */
struct rtc_watch {
	uint64_t seconds, uptime_us;
	bool has_reading;
};

/*
 * A reading of the clock, in seconds, at an uptime that never goes back. By
 * how many seconds the clock has jumped since the last one, forward or back; 0
 * where that is no more than @tolerance.
 */
int64_t rtc_watch_note(struct rtc_watch *watch, uint64_t seconds,
		       uint64_t uptime_us, uint32_t tolerance);

#endif
