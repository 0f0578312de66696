/* SPDX-License-Identifier: MIT */
/* Hours and minutes, two decimal digits each: 0x2359. */
unsigned int rtc_time(void);
