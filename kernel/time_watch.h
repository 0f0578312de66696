/* SPDX-License-Identifier: MIT */
/*
 * For tests alone (option KTEST): something that comes in the middle of what
 * the thread does, as devices do. Without tests nothing of it is there.
 */
#ifndef KERNEL_TIME_WATCH_H
#define KERNEL_TIME_WATCH_H

#ifdef CONFIG_KTEST
/* Called with each tick, in the timer's interrupt, unless it is NULL. */
extern void (*volatile time_watch)(void);

static inline void time_watch_call(void)
{
	void (*const watch)(void) = time_watch;

	if (watch != 0)
		watch();
}
#else
static inline void time_watch_call(void)
{
}
#endif

#endif
