/* SPDX-License-Identifier: MIT */
/*
 * Bits of CR4, each where CPUID has it (Intel SDM vol. 3, 2.5; vol. 2, CPUID).
 * No page of this kernel belongs to user mode: what SMEP and SMAP forbid is a
 * jump or an access through an entry that went wrong.
 */
#include "protection.h"

#include <kernel/log.h>

#include "control.h"
#include "cpuid.h"
#include "ibt.h"

static uint64_t cr4_bits(void)
{
	struct cpu_id more = { 0 };
	uint64_t bits = 0;

	if (cpu_features(CPUID_FEATURES) & CPUID_EDX_PGE)
		bits |= CR4_PGE;
	if (cpu_id(CPUID_HIGHEST).eax >= CPUID_MORE_FEATURES)
		more = cpu_id(CPUID_MORE_FEATURES);
	if (more.ebx & CPUID_EBX_SMEP)
		bits |= CR4_SMEP;
	if (more.ebx & CPUID_EBX_SMAP)
		bits |= CR4_SMAP;
	if (more.ecx & CPUID_ECX_UMIP)
		bits |= CR4_UMIP;
	return bits;
}

void protection_enable(void)
{
	const uint64_t bits = cr4_bits();

	cr4_write(cr4_read() | bits);
	log_info("protection: WP, NX%s%s%s%s", bits & CR4_PGE ? ", PGE" : "",
		 bits & CR4_SMEP ? ", SMEP" : "",
		 bits & CR4_SMAP ? ", SMAP" : "",
		 bits & CR4_UMIP ? ", UMIP" : "");
	ibt_enable();
}
