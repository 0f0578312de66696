/* SPDX-License-Identifier: MIT */
/*
 * The prompt and the lines of the log: one that comes while the user types
 * begins a line of its own, and what was typed so far is said anew below.
 */
#ifndef LOG_PLACE_H
#define LOG_PLACE_H

/* From now on @line is being typed, behind this prompt; none where it is NULL.
 * The text may change without notice. */
#ifdef CONFIG_LOG_PLACES
void log_place_set(const char *prompt, const char *line);
#else
static inline void log_place_set(const char *prompt, const char *line)
{
	(void)prompt;
	(void)line;
}
#endif

#endif
