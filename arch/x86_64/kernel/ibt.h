/* SPDX-License-Identifier: MIT */
/*
 * Indirect branch tracking (option CPU_IBT; Intel SDM vol. 1, 18.3): where the
 * CPU has it, an indirect call or jump must arrive at an endbr64, which is
 * nothing to any other CPU. The compiler puts one at whatever may be called by
 * its address, assembly where the CPU itself comes in. For C and assembly.
 */
#ifndef ARCH_KERNEL_IBT_H
#define ARCH_KERNEL_IBT_H

#ifdef __ASSEMBLY__

#ifdef CONFIG_CPU_IBT
#define ENDBR endbr64
#else
#define ENDBR
#endif

#elif defined(CONFIG_CPU_IBT)
/* Turn it on where the CPU has it, and say so. Once, after CR0.WP is on. */
void ibt_enable(void);
#else
static inline void ibt_enable(void)
{
}
#endif

#endif
