/* SPDX-License-Identifier: MIT */
/*
 * Addresses of memory as arguments of commands that read and write it.
 */
#ifndef SHELL_COMMANDS_MEMORY_ARGUMENT_H
#define SHELL_COMMANDS_MEMORY_ARGUMENT_H

#include <kernel/types.h>
#include <shell/command.h>

/* Word 1 of a line as an address. Returns 0, or -Exxx after a sentence. */
int shell_address_argument(const struct shell_args *args, virt_addr_t *address);

/*
 * How many bytes from @address on, @size_bytes (1 at least) at most, may be
 * read; to @write, written. Where it is not all of them, *@why says so of the
 * first that may not be: "nothing is mapped there", of the text of
 * MEMORY_WHY_BYTES.
 */
size_t shell_memory_reach(virt_addr_t address, size_t size_bytes, bool write,
			  char *why);

enum {
	MEMORY_WHY_BYTES = 128,
};

/* May all of them be, at the address that is word 1 of a line? 0, or -EFAULT
 * after a sentence to the user. */
int shell_memory_check(const struct shell_args *args, virt_addr_t address,
		       size_t size_bytes, bool write);

#endif
