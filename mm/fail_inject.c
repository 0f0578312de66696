/* SPDX-License-Identifier: MIT */
/*
 * Allocations that fail on purpose: a plan for each kind, from the
 * configuration and the boot parameters.
 */
#include <kernel/boot_param.h>
#include <kernel/errno.h>
#include <kernel/log.h>
#include <mm/fail_inject.h>

#include "fail_plan.h"

static struct fail_plan plans[FAIL_KINDS] = {
	[FAIL_HEAP] = { .every = CONFIG_HEAP_FAIL_EVERY,
			.left = CONFIG_HEAP_FAIL_EVERY == 0
					? 0
					: CONFIG_HEAP_FAIL_EVERY - 1 },
};

/* What the log calls them. */
static const struct {
	const char *what, *param;
} kinds[FAIL_KINDS] = {
	[FAIL_HEAP] = { "allocation", "heap_fail= or HEAP_FAIL_EVERY" },
	[FAIL_VM] = { "range", "vm_fail=" },
	[FAIL_FRAME] = { "frame", "frame_fail=" },
};

/* Asked for so far, of each kind. */
static uint64_t counts[FAIL_KINDS];

/* The first one that fails is told: what comes of it may name another cause. */
bool fail_inject(enum fail_kind kind)
{
	static bool is_told[FAIL_KINDS];

	counts[kind]++;
	if (!fail_plan_next(&plans[kind]))
		return false;
	if (!is_told[kind]) {
		is_told[kind] = true;
		log_info("fail: %s %lu is not given, as %s asks",
			 kinds[kind].what, counts[kind], kinds[kind].param);
	}
	return true;
}

void fail_inject_once(enum fail_kind kind, uint32_t after)
{
	plans[kind] = fail_plan_of(1);
	plans[kind].is_once = true;
	plans[kind].left = after;
}

bool fail_inject_end(enum fail_kind kind)
{
	const bool has_failed = plans[kind].every == 0;

	plans[kind] = fail_plan_of(0);
	return has_failed;
}

static int plan_set(enum fail_kind kind, const char *value)
{
	return value == NULL ? -EINVAL : fail_plan_parse(value, &plans[kind]);
}

static int heap_fail_set(const char *value)
{
	return plan_set(FAIL_HEAP, value);
}

static int vm_fail_set(const char *value)
{
	return plan_set(FAIL_VM, value);
}

static int frame_fail_set(const char *value)
{
	return plan_set(FAIL_FRAME, value);
}

BOOT_PARAM(heap_fail, "N (every N-th fails) or N,M (the N-th after M)",
	   heap_fail_set);
BOOT_PARAM(vm_fail, "N (every N-th fails) or N,M (the N-th after M)",
	   vm_fail_set);
BOOT_PARAM(frame_fail, "N (every N-th fails) or N,M (the N-th after M)",
	   frame_fail_set);
