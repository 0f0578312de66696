/* SPDX-License-Identifier: MIT */
/*
 * What `page` shows besides the indices of an address.
 */
#ifndef SHELL_COMMANDS_PAGE_WALK_H
#define SHELL_COMMANDS_PAGE_WALK_H

#include <kernel/types.h>

/* Print the entries on the way to a canonical address, and what they come to.
 * In kernels with SHELL_CMD_PAGE_WALK. */
void page_walk_print(virt_addr_t address);

#endif
