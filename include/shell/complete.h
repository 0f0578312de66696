/* SPDX-License-Identifier: MIT */
/*
 * Completion: what Tab offers for the arguments of a command. The file of the
 * command says it beside SHELL_COMMAND:
 *
 *	static void color_complete(struct shell_complete *complete)
 *	{
 *		if (complete->index == 1)
 *			shell_complete_offer(complete, "red");
 *	}
 *	SHELL_COMPLETION(color, color_complete);
 *
 * Without SHELL_COMPLETE nothing of that is in the image.
 */
#ifndef SHELL_COMPLETE_H
#define SHELL_COMPLETE_H

#include <kernel/compiler.h>
#include <kernel/set.h>

/* A question: which words may stand at a place of a line? */
struct shell_complete {
	int index;          /* of the word: 0 is the command's name */
	char *const *words; /* those before it */
	const char *begin;  /* what is typed of it; "" for nothing */
	/* How the answer is taken: shell_complete_offer(). */
	void (*offer)(struct shell_complete *complete, const char *word);
};

struct shell_completion {
	const char *command;
	/* Offer all words that may stand there, in any order; those that do not
	 * begin as complete->begin does are left out by who asks. It may be
	 * asked many times for one key, and must not print. */
	void (*run)(struct shell_complete *complete);
};

/* One of the words; it is copied where it is needed. */
static inline void shell_complete_offer(struct shell_complete *complete,
					const char *word)
{
	complete->offer(complete, word);
}

/* Offer what a line of its own would have that begins at the word @from: the
 * commands, or what their completions say. For commands that run another. */
void shell_complete_line(struct shell_complete *complete, int from);

#ifdef CONFIG_SHELL_COMPLETE
SET_DECLARE(shell_completions, const struct shell_completion);

#define SHELL_COMPLETION(id, function)                                 \
	static const struct shell_completion shell_completion_##id = { \
		.command = #id,                                        \
		.run = (function),                                     \
	};                                                             \
	SET_ADD(shell_completions, shell_completion_##id)
#else
/* The compiler is told that it is used, and leaves it out. */
#define SHELL_COMPLETION(id, function)                                         \
	static inline void __attribute__((unused)) shell_completion_##id(void) \
	{                                                                      \
		(void)(function);                                              \
	}                                                                      \
	struct shell_completion
#endif

#endif
