/* SPDX-License-Identifier: MIT */
/*
 * Allocations that fail on purpose, so that it can be seen what the kernel
 * makes of it (HEAP_FAIL_INJECT). Which ones, a boot parameter says for each
 * kind: heap_fail=, vm_fail=, frame_fail= (docs/configuration.md).
 */
#ifndef MM_FAIL_INJECT_H
#define MM_FAIL_INJECT_H

#include <kernel/types.h>

enum fail_kind {
	FAIL_HEAP,  /* kmalloc() and its like */
	FAIL_VM,    /* ranges of mm/vm.h */
	FAIL_FRAME, /* frame_alloc() */
	FAIL_KINDS,
};

/* Is this allocation one that is to fail? Each call counts one. */
#ifdef CONFIG_HEAP_FAIL_INJECT
bool fail_inject(enum fail_kind kind);

/* From now on one fails, the one after the next @after, whatever was asked for
 * before. For tests. */
void fail_inject_once(enum fail_kind kind, uint32_t after);

/* No more of it. Has it failed meanwhile? */
bool fail_inject_end(enum fail_kind kind);
#else
static inline bool fail_inject(enum fail_kind kind)
{
	(void)kind;
	return false;
}
#endif

#endif
