/* SPDX-License-Identifier: MIT */
/*
 * Boot parameters: words of the command line, "name=value" or "name", by which
 * who starts the kernel sets what the configuration left open. Whoever owns
 * one registers it in a file of its own:
 *
 *	static int heap_fail_set(const char *value) ...
 *	BOOT_PARAM(heap_fail, "N", heap_fail_set);
 *
 * and its option selects BOOT_PARAMS. The built-in line (CMDLINE) is
 * read first, then the loader's: the last word of a name counts.
 */
#ifndef KERNEL_BOOT_PARAM_H
#define KERNEL_BOOT_PARAM_H

#include <kernel/set.h>

struct boot_param {
	const char *name;
	const char *takes; /* what its value may be, for the user */
	/*
	 * @value is "" in "name=", and NULL where the word is the name alone;
	 * it lives until the call returns. 0, or -Exxx where it makes no
	 * sense: the user is told. Called on the boot's own thread, interrupts
	 * off, before there is any memory to allocate.
	 */
	int (*set)(const char *value);
};

SET_DECLARE(boot_params, const struct boot_param);

#define BOOT_PARAM(id, takes_, set_)                       \
	static const struct boot_param boot_param_##id = { \
		.name = #id,                               \
		.takes = (takes_),                         \
		.set = (set_),                             \
	};                                                 \
	SET_ADD(boot_params, boot_param_##id)

/*
 * Set what the built-in line and the loader's, @line, say. A name that nobody
 * registered and a value that makes no sense are told and passed over. Once,
 * at boot.
 */
#ifdef CONFIG_BOOT_PARAMS
void boot_params_apply(const char *line);
#else
static inline void boot_params_apply(const char *line)
{
	(void)line;
}
#endif

#endif
