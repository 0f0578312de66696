/* SPDX-License-Identifier: MIT */
/*
 * Which allocations are to fail, PURE.
 */
#ifndef MM_FAIL_PLAN_H
#define MM_FAIL_PLAN_H

#include <stdbool.h>
#include <stdint.h>

/* All zero: none fails. */
struct fail_plan {
	uint32_t every; /* 0: none */
	bool is_once;   /* one, and then none */
	uint64_t left;  /* are done before the next one that fails */
};

/*
 * "N": every N-th allocation fails; "N,M": the N-th after the first M, and no
 * other; "0": none. 0, or -EINVAL where the text is neither (*@plan is as it
 * was then).
 */
int fail_plan_parse(const char *text, struct fail_plan *plan);

/* The plan by which every @every-th fails, none where it is 0. */
struct fail_plan fail_plan_of(uint32_t every);

/* Count one; is it to fail? */
bool fail_plan_next(struct fail_plan *plan);

#endif
