/* SPDX-License-Identifier: MIT */
/*
 * Texts of several commands, with quotes and a status. For the shell's thread;
 * in kernels with SHELL_LANGUAGE.
 */
#ifndef SHELL_LANGUAGE_LANGUAGE_H
#define SHELL_LANGUAGE_LANGUAGE_H

#include <shell/command.h>
#include <stddef.h>

/*
 * Run the commands of a text of @length bytes, which needs no 0, one after the
 * other. It must stay as it is until the call returns. Returns 0, or the number
 * of the last command's failure, negated: what `$?` is then. A text without
 * commands leaves `$?` as it is. Nothing runs of one with an open quote: that
 * is told, and -EINVAL.
 */
int language_run(const char *text, size_t length);

/* Run what stands from word @index of a command's line on, as a text of its
 * own. From within that command. Returns as language_run(). */
int language_run_from(const struct shell_args *args, int index);

#endif
