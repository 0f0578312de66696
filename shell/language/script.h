/* SPDX-License-Identifier: MIT */
/*
 * What the shell runs before its first prompt.
 */
#ifndef SHELL_LANGUAGE_SCRIPT_H
#define SHELL_LANGUAGE_SCRIPT_H

/* The line that the boot parameter `run=` gave, at most SHELL_LINE_MAX
 * characters; "" where there is none. For the shell. */
#ifdef CONFIG_SHELL_SCRIPT
const char *script_first_line(void);
#else
static inline const char *script_first_line(void)
{
	return "";
}
#endif

#endif
