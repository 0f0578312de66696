/* SPDX-License-Identifier: MIT */
/*
 * The line that is run, as it was before it was cut into words.
 */
#ifndef SHELL_LANGUAGE_CURRENT_H
#define SHELL_LANGUAGE_CURRENT_H

/*
 * @text is a line, and @cut its copy that was cut into words in place: a word
 * at cut[i] stood at text[i]. Both must stay until the next call. Costs
 * nothing without SHELL_ERROR_MARK.
 */
#ifdef CONFIG_SHELL_ERROR_MARK
void shell_current_set(const char *text, const char *cut);
#else
static inline void shell_current_set(const char *text, const char *cut)
{
	(void)text;
	(void)cut;
}
#endif

#endif
