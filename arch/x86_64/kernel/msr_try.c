/* SPDX-License-Identifier: MIT */
/*
 * Registers that the CPU may refuse: it raises a general protection fault
 * (Intel SDM vol. 2, RDMSR and WRMSR), which goes to a guard.
 */
#include <arch/fault.h>
#include <arch/msr.h>
#include <kernel/errno.h>

#include "msr.h"

int msr_read(uint32_t number, uint64_t *value)
{
	struct fault_guard guard;

	if (!fault_guard_save(&guard)) {
		fault_guard_set(&guard);
		*value = cpu_read_msr(number);
	}
	return fault_guard_clear(&guard) == FAULT_NONE ? 0 : -EFAULT;
}

int msr_write(uint32_t number, uint64_t value)
{
	struct fault_guard guard;

	if (!fault_guard_save(&guard)) {
		fault_guard_set(&guard);
		cpu_write_msr(number, value);
	}
	return fault_guard_clear(&guard) == FAULT_NONE ? 0 : -EFAULT;
}
