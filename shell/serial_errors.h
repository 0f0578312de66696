/* SPDX-License-Identifier: MIT */
/*
 * What went wrong on the serial line, told before a prompt.
 */
#ifndef SHELL_SERIAL_ERRORS_H
#define SHELL_SERIAL_ERRORS_H

/* Tell what has come since the last call. */
#ifdef CONFIG_SHELL_SERIAL_INPUT
void serial_errors_tell(void);
#else
static inline void serial_errors_tell(void)
{
}
#endif

#endif
