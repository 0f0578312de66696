/* SPDX-License-Identifier: MIT */
/*
 * Registers to a date, a date to seconds, PURE. The days are counted as in
 * Howard Hinnant's "chrono-Compatible Low-Level Date Algorithms": years begin
 * in March, so that the leap day is the last one.
 */
#include "rtc_date.h"

enum {
	HOUR_PM = 1 << 7, /* of the hour's register, with 12 hours */
	EPOCH_YEAR = 1970,
	YEARS_PER_ERA = 400,
	DAYS_PER_ERA = 146097,
	EPOCH_DAYS = 719468, /* from March of year 0 */
	SECONDS_PER_DAY = 86400,
	US_PER_SECOND = 1000000,
};

/* A value over 99 where a digit is none. */
static unsigned int number_of(uint8_t value, uint8_t status_b)
{
	if (status_b & RTC_BINARY)
		return value;
	if ((value & 0xf) > 9 || value >> 4 > 9)
		return UINT8_MAX;
	return (value >> 4) * 10U + (value & 0xf);
}

/* 12 AM is 0, 12 PM is 12. A value over 23 where it is none. */
static unsigned int hour_of(uint8_t value, uint8_t status_b)
{
	const bool is_pm = value & HOUR_PM;
	unsigned int hour;

	if (status_b & RTC_24_HOURS)
		return number_of(value, status_b);
	hour = number_of(value & ~HOUR_PM & UINT8_MAX, status_b);
	if (hour < 1 || hour > 12)
		return UINT8_MAX;
	return hour % 12 + (is_pm ? 12 : 0);
}

static unsigned int year_of(const struct rtc_registers *registers)
{
	const unsigned int year =
		number_of(registers->year, registers->status_b);
	const unsigned int century =
		number_of(registers->century, registers->status_b);

	if (year > 99)
		return 0;
	if (century >= 20 && century < 100)
		return century * 100 + year;
	return year < EPOCH_YEAR % 100 ? 2000 + year : 1900 + year;
}

static bool is_leap_year(unsigned int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % YEARS_PER_ERA == 0);
}

static unsigned int days_of(unsigned int year, unsigned int month)
{
	static const uint8_t days[] = { 31, 28, 31, 30, 31, 30,
					31, 31, 30, 31, 30, 31 };

	if (month < 1 || month > 12)
		return 0;
	return days[month - 1] + (month == 2 && is_leap_year(year) ? 1U : 0);
}

bool rtc_date_decode(const struct rtc_registers *registers,
		     struct rtc_date *date)
{
	const uint8_t status = registers->status_b;
	const unsigned int year = year_of(registers);
	const unsigned int month = number_of(registers->month, status);
	const unsigned int day = number_of(registers->day, status);
	const unsigned int hour = hour_of(registers->hour, status);
	const unsigned int minute = number_of(registers->minute, status);
	const unsigned int second = number_of(registers->second, status);

	if (year == 0 || day < 1 || day > days_of(year, month) || hour > 23 ||
	    minute > 59 || second > 59)
		return false;
	*date = (struct rtc_date){ .year = (uint16_t)year,
				   .month = (uint8_t)month,
				   .day = (uint8_t)day,
				   .hour = (uint8_t)hour,
				   .minute = (uint8_t)minute,
				   .second = (uint8_t)second };
	return true;
}

uint64_t rtc_date_seconds(const struct rtc_date *date)
{
	const uint64_t year = date->year - (date->month <= 2 ? 1U : 0);
	const uint64_t month = date->month + (date->month <= 2 ? 9U : 0) -
			       (date->month > 2 ? 3U : 0);
	const uint64_t of_era = year % YEARS_PER_ERA;
	const uint64_t of_year = (153 * month + 2) / 5 + date->day - 1;
	const uint64_t days = year / YEARS_PER_ERA * DAYS_PER_ERA +
			      of_era * 365 + of_era / 4 - of_era / 100 +
			      of_year - EPOCH_DAYS;

	return days * SECONDS_PER_DAY +
	       (date->hour * 60U + date->minute) * 60U + date->second;
}

int64_t rtc_watch_note(struct rtc_watch *watch, uint64_t seconds,
		       uint64_t uptime_us, uint32_t tolerance)
{
	const int64_t passed =
		(int64_t)((uptime_us - watch->uptime_us) / US_PER_SECOND);
	const int64_t jump =
		(int64_t)seconds - (int64_t)watch->seconds - passed;
	const bool has_jumped =
		watch->has_reading && (jump > tolerance || -jump > tolerance);

	*watch = (struct rtc_watch){ seconds, uptime_us, true };
	return has_jumped ? jump : 0;
}
