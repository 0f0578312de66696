/* SPDX-License-Identifier: MIT */
/*
 * Indirect branch tracking of the kernel's own mode. There is no shadow stack:
 * fault guards leave functions without their returns.
 */
#include "ibt.h"

#include <kernel/log.h>

#include "control.h"
#include "cpuid.h"
#include "msr.h"

enum {
	MSR_S_CET = 0x6a2,
	S_CET_ENDBR = 1 << 2,
};

void ibt_enable(void)
{
	if (cpu_id(CPUID_HIGHEST).eax < CPUID_MORE_FEATURES ||
	    !(cpu_id(CPUID_MORE_FEATURES).edx & CPUID_EDX_IBT)) {
		log_info("protection: this CPU has no IBT");
		return;
	}
	cr4_write(cr4_read() | CR4_CET);
	cpu_write_msr(MSR_S_CET, S_CET_ENDBR);
	log_info("protection: IBT");
}
