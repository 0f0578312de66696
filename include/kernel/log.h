/* SPDX-License-Identifier: MIT */
/*
 * The kernel's log: one line a call, on the console, "module: text". The
 * newline is added here. The same rules of context as for the console.
 */
#ifndef KERNEL_LOG_H
#define KERNEL_LOG_H

#include <kernel/compiler.h>

/* A step that went as it should. */
void log_info(const char *format, ...) __printf(1, 2);

/* Something is missing or wrong and the kernel goes on without it: the line
 * begins with "warning: ". */
void log_warn(const char *format, ...) __printf(1, 2);

#endif
