/* SPDX-License-Identifier: MIT */
/*
 * The real-time clock of the PC, in the chip that keeps the firmware's
 * settings (Motorola MC146818A data sheet). It is read and never set.
 *
 * Once a second it changes its registers, and says so up to 2 ms before. A
 * reading may be interrupted for longer than that, so it counts only where a
 * second one is the same.
 */
#include "rtc_date.h"

#include <arch/io.h>
#include <arch/mc146818.h>
#include <drivers/rtc.h>
#include <kernel/driver.h>
#include <kernel/errno.h>
#include <kernel/log.h>
#include <kernel/time.h>
#include <lib/string.h>

enum {
	RTC_UPDATING = 1 << 7, /* in status A */
	RTC_WAIT_LOOKS = 5000, /* of 2 us or so: an update takes 2 ms */
	RTC_READINGS = 4,
};

static struct rtc_watch watch;

static int rtc_wait(void)
{
	for (unsigned int i = 0; i < RTC_WAIT_LOOKS; i++) {
		if (!(rtc_register_read(RTC_STATUS_A) & RTC_UPDATING))
			return 0;
		io_delay();
	}
	return -ETIMEDOUT;
}

static int rtc_registers_read(struct rtc_registers *registers)
{
	const int error = rtc_wait();

	if (error != 0)
		return error;
	*registers = (struct rtc_registers){
		.second = rtc_register_read(RTC_SECOND),
		.minute = rtc_register_read(RTC_MINUTE),
		.hour = rtc_register_read(RTC_HOUR),
		.day = rtc_register_read(RTC_DAY),
		.month = rtc_register_read(RTC_MONTH),
		.year = rtc_register_read(RTC_YEAR),
		.century = rtc_register_read(RTC_CENTURY),
		.status_b = rtc_register_read(RTC_STATUS_B),
	};
	return 0;
}

/* Twice the same, or -EIO. */
static int rtc_registers_steady(struct rtc_registers *registers)
{
	struct rtc_registers last;
	int error = rtc_registers_read(registers);

	for (unsigned int i = 0; error == 0 && i < RTC_READINGS; i++) {
		last = *registers;
		error = rtc_registers_read(registers);
		if (error == 0 && memcmp(&last, registers, sizeof(last)) == 0)
			return 0;
	}
	return error != 0 ? error : -EIO;
}

static void hold_against_uptime(const struct rtc_date *date)
{
	const int64_t jump =
		rtc_watch_note(&watch, rtc_date_seconds(date), time_uptime_us(),
			       CONFIG_RTC_JUMP_SECONDS);

	if (jump != 0)
		log_warn("mc146818: the clock jumped by %lld s; the uptime "
			 "goes on as before",
			 (long long)jump);
}

int rtc_read_date(struct rtc_date *date)
{
	struct rtc_registers registers;
	const int error = rtc_registers_steady(&registers);

	if (error != 0)
		return error;
	if (!rtc_date_decode(&registers, date))
		return -EIO;
	hold_against_uptime(date);
	return 0;
}

static int mc146818_start(void)
{
	struct rtc_date date;
	const int error = rtc_read_date(&date);

	if (error != 0)
		return error;
	log_info("mc146818: it is %04u-%02u-%02u %02u:%02u:%02u", date.year,
		 date.month, date.day, date.hour, date.minute, date.second);
	return 0;
}

DRIVER(mc146818, DRIVER_DEVICE, mc146818_start);
