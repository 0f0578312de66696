/* SPDX-License-Identifier: MIT */
/*
 * Who shows lines, and when.
 */
#ifndef LOG_SHOW_H
#define LOG_SHOW_H

/* A line was kept: show it, and those before it, if this is the thread and the
 * console is not being written to, or after a panic. */
void log_show_if_possible(void);

#endif
