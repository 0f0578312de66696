/* SPDX-License-Identifier: MIT */
/*
 * A time in which the kernel may write to pages that forbid it: the CPU, not
 * the tables, lets it through, so no page is ever writable and executable.
 * What watches returns and jumps insists on CR0.WP (Intel SDM vol. 3, 2.5), so
 * it looks away as well.
 */
#ifndef ARCH_KERNEL_WRITE_WINDOW_H
#define ARCH_KERNEL_WRITE_WINDOW_H

#include "control.h"

/* As it was before. */
struct write_window {
	uint64_t cr0, cr4;
};

static inline struct write_window write_window_open(void)
{
	const struct write_window before = { cr0_read(), cr4_read() };

	if (before.cr4 & CR4_CET)
		cr4_write(before.cr4 & ~CR4_CET);
	cr0_write(before.cr0 & ~CR0_WP);
	return before;
}

static inline void write_window_close(struct write_window before)
{
	cr0_write(before.cr0);
	if (before.cr4 & CR4_CET)
		cr4_write(before.cr4);
}

#endif
