/* SPDX-License-Identifier: MIT */
/*
 * What the CPU has against slips of the kernel's own.
 */
#ifndef ARCH_KERNEL_PROTECTION_H
#define ARCH_KERNEL_PROTECTION_H

/*
 * Turn on what is there: SMEP, SMAP, UMIP, global pages; and say so. No-execute
 * and the protection of read-only pages from the kernel itself are on since
 * entry.S. Once, with the kernel's page tables in use.
 */
void protection_enable(void);

#endif
