/* SPDX-License-Identifier: MIT */
/*
 * Tests of the registers of real-time clocks.
 */
#include "rtc_date.h"

#include <kernel/ktest.h>

enum {
	BCD_24 = RTC_24_HOURS,
	BCD_12 = 0,
	BINARY_24 = RTC_24_HOURS | RTC_BINARY,
	BINARY_12 = RTC_BINARY,
	PM = 0x80,
};

/* 2026-11-27 07:08:09 in BCD. */
static const struct rtc_registers usual = {
	.second = 0x09,
	.minute = 0x08,
	.hour = 0x07,
	.day = 0x27,
	.month = 0x11,
	.year = 0x26,
	.century = 0x20,
	.status_b = BCD_24,
};

static void expect_date(struct ktest *test,
			const struct rtc_registers *registers,
			unsigned int year, unsigned int hour)
{
	struct rtc_date date = { 0 };

	KTEST_ASSERT(test, rtc_date_decode(registers, &date));
	KTEST_EXPECT_EQ(test, date.year, year);
	KTEST_EXPECT_EQ(test, date.month, 11);
	KTEST_EXPECT_EQ(test, date.day, 27);
	KTEST_EXPECT_EQ(test, date.hour, hour);
	KTEST_EXPECT_EQ(test, date.minute, 8);
	KTEST_EXPECT_EQ(test, date.second, 9);
}

static void date_in_each_form(struct ktest *test)
{
	const struct rtc_registers binary = { 9,  8,  23, 27,
					      11, 26, 20, BINARY_24 };

	expect_date(test, &usual, 2026, 7);
	expect_date(test, &binary, 2026, 23);
}

static void expect_hour(struct ktest *test, uint8_t value, uint8_t status,
			unsigned int hour)
{
	struct rtc_registers registers = {
		9, 8, value, 27, 11, 26, 20, status
	};

	if (!(status & RTC_BINARY)) {
		registers = usual;
		registers.hour = value;
		registers.status_b = status;
	}
	expect_date(test, &registers, 2026, hour);
}

static void date_of_twelve_hours(struct ktest *test)
{
	expect_hour(test, 0x12, BCD_12, 0);
	expect_hour(test, 0x01, BCD_12, 1);
	expect_hour(test, 0x11, BCD_12, 11);
	expect_hour(test, 0x12 | PM, BCD_12, 12);
	expect_hour(test, 0x11 | PM, BCD_12, 23);
	expect_hour(test, 12, BINARY_12, 0);
	expect_hour(test, 12 | PM, BINARY_12, 12);
	expect_hour(test, 11 | PM, BINARY_12, 23);
}

static void date_without_a_century(struct ktest *test)
{
	static const uint8_t none[] = { 0, 0x19, 0xff, 0xaa };
	struct rtc_registers registers = usual;

	for (size_t i = 0; i < sizeof(none); i++) {
		registers.century = none[i];
		registers.year = 0x69;
		expect_date(test, &registers, 2069, 7);
		registers.year = 0x70;
		expect_date(test, &registers, 1970, 7);
	}
	registers.century = 0x21;
	expect_date(test, &registers, 2170, 7);
}

static bool is_date(uint8_t century, uint8_t year, uint8_t month, uint8_t day)
{
	struct rtc_registers registers = usual;
	struct rtc_date date;

	registers.century = century;
	registers.year = year;
	registers.month = month;
	registers.day = day;
	return rtc_date_decode(&registers, &date);
}

static void date_that_is_none(struct ktest *test)
{
	KTEST_EXPECT(test, is_date(0x20, 0x24, 0x02, 0x29));
	KTEST_EXPECT(test, is_date(0x20, 0x00, 0x02, 0x29));
	KTEST_EXPECT(test, !is_date(0x20, 0x26, 0x02, 0x29));
	KTEST_EXPECT(test, !is_date(0x21, 0x00, 0x02, 0x29));
	KTEST_EXPECT(test, is_date(0x20, 0x26, 0x12, 0x31));
	KTEST_EXPECT(test, !is_date(0x20, 0x26, 0x04, 0x31));
	KTEST_EXPECT(test, !is_date(0x20, 0x26, 0x13, 0x01));
	KTEST_EXPECT(test, !is_date(0x20, 0x26, 0x00, 0x01));
	KTEST_EXPECT(test, !is_date(0x20, 0x26, 0x01, 0x00));
	KTEST_EXPECT(test, !is_date(0x20, 0x26, 0x01, 0x3a));
	KTEST_EXPECT(test, !is_date(0x20, 0xa0, 0x01, 0x01));
}

static bool is_time(uint8_t hour, uint8_t minute, uint8_t second,
		    uint8_t status)
{
	struct rtc_registers registers = usual;
	struct rtc_date date;

	registers.hour = hour;
	registers.minute = minute;
	registers.second = second;
	registers.status_b = status;
	return rtc_date_decode(&registers, &date);
}

static void time_that_is_none(struct ktest *test)
{
	static const struct rtc_registers absent = { 0xff, 0xff, 0xff, 0xff,
						     0xff, 0xff, 0xff, 0xff };
	struct rtc_date date;

	KTEST_EXPECT(test, is_time(0x23, 0x59, 0x59, BCD_24));
	KTEST_EXPECT(test, !is_time(0x24, 0, 0, BCD_24));
	KTEST_EXPECT(test, !is_time(0, 0x60, 0, BCD_24));
	KTEST_EXPECT(test, !is_time(0, 0, 0x60, BCD_24));
	KTEST_EXPECT(test, !is_time(0, 0, 0x0a, BCD_24));
	KTEST_EXPECT(test, !is_time(0x00, 0, 0, BCD_12));
	KTEST_EXPECT(test, !is_time(0x13, 0, 0, BCD_12));
	KTEST_EXPECT(test, !rtc_date_decode(&absent, &date));
}

static uint64_t seconds_of(uint16_t year, uint8_t month, uint8_t day)
{
	const struct rtc_date date = { .year = year,
				       .month = month,
				       .day = day };

	return rtc_date_seconds(&date);
}

/* By date -u -d ... +%s. */
static void seconds_of_dates(struct ktest *test)
{
	const struct rtc_date end = { 2038, 1, 19, 3, 14, 8 };

	KTEST_EXPECT_EQ(test, seconds_of(1970, 1, 1), 0);
	KTEST_EXPECT_EQ(test, seconds_of(1970, 3, 1), 5097600);
	KTEST_EXPECT_EQ(test, seconds_of(2000, 2, 29), 951782400);
	KTEST_EXPECT_EQ(test, seconds_of(2026, 11, 27), 1795737600);
	KTEST_EXPECT_EQ(test, seconds_of(2100, 3, 1), 4107542400);
	KTEST_EXPECT_EQ(test, rtc_date_seconds(&end), 0x80000000);
}

static void jumps_are_seen(struct ktest *test)
{
	struct rtc_watch watch = { 0 };

	KTEST_EXPECT_EQ(test, rtc_watch_note(&watch, 1000000, 5000000, 2), 0);
	KTEST_EXPECT_EQ(test, rtc_watch_note(&watch, 1000010, 15000000, 2), 0);
	KTEST_EXPECT_EQ(test, rtc_watch_note(&watch, 1000012, 15900000, 2), 0);
	KTEST_EXPECT_EQ(test, rtc_watch_note(&watch, 1000015, 15900000, 2), 3);
	KTEST_EXPECT_EQ(test, rtc_watch_note(&watch, 1000013, 15900000, 2), 0);
	KTEST_EXPECT_EQ(test, rtc_watch_note(&watch, 1000010, 15900000, 2), -3);
	KTEST_EXPECT_EQ(test, rtc_watch_note(&watch, 0, 16900000, 2), -1000011);
	KTEST_EXPECT_EQ(test, rtc_watch_note(&watch, 1, 17900000, 2), 0);
}

static const struct ktest_case rtc_date_cases[] = {
	KTEST_CASE(date_in_each_form),      KTEST_CASE(date_of_twelve_hours),
	KTEST_CASE(date_without_a_century), KTEST_CASE(date_that_is_none),
	KTEST_CASE(time_that_is_none),      KTEST_CASE(seconds_of_dates),
	KTEST_CASE(jumps_are_seen),
};
KTEST_SUITE_WITH(rtc_date, rtc_date_cases, .parent = "drivers");
