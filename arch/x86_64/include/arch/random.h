/* SPDX-License-Identifier: MIT */
/*
 * What differs from boot to boot.
 */
#ifndef ARCH_RANDOM_H
#define ARCH_RANDOM_H

#include <kernel/types.h>

/*
 * A number that nobody can tell in advance where the CPU has a random
 * generator, and that at least differs from boot to boot where it has none.
 * Any context.
 */
uint64_t arch_random_seed(void);

#endif
