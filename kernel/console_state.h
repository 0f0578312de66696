/* SPDX-License-Identifier: MIT */
/*
 * What the log must know of the console.
 */
#ifndef KERNEL_CONSOLE_STATE_H
#define KERNEL_CONSOLE_STATE_H

#include <kernel/console.h>

/* The sink that is writing, the innermost one; NULL where none is. */
extern const struct console_sink *console_active;

#endif
