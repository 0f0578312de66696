/* SPDX-License-Identifier: MIT */
/*
 * Switching the machine off as its firmware describes it.
 */
#ifndef DRIVERS_ACPI_H
#define DRIVERS_ACPI_H

#include <kernel/types.h>

/*
 * Find the tables of ACPI and do what they say for the state "off": the machine
 * is off then, some moments later. Returns where it is not: -ENOENT where there
 * are no tables; -EIO where they make no sense; -ENODEV where they do not say
 * how; -ENOMEM; -ETIMEDOUT where it was done and the machine is still on. In
 * kernels with ACPI_POWER_OFF. Interrupts on; a second at most; for the thread.
 */
int acpi_power_off(void);

#endif
