/* SPDX-License-Identifier: MIT */
/*
 * Model-specific registers of the CPU, of which nobody knows whether they are
 * there: one that the CPU refuses is an error and no fault. In kernels with
 * MSR_TRY. For the thread.
 */
#ifndef ARCH_MSR_H
#define ARCH_MSR_H

#include <kernel/types.h>

/* Returns 0, or -EFAULT where there is no such register. */
int msr_read(uint32_t number, uint64_t *value);

/* Returns 0, or -EFAULT where there is none, it cannot be written, or not with
 * this value. What it changes is the caller's to answer for. */
int msr_write(uint32_t number, uint64_t value);

#endif
