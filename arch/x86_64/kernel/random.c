/* SPDX-License-Identifier: MIT */
/*
 * A seed from the CPU's generator (Intel SDM vol. 1, 7.3.17), its counter of
 * cycles and the clock that the battery keeps. The latter two tell one boot
 * from another where there is no generator; they are no secret.
 */
#include <arch/cpu.h>
#include <arch/mc146818.h>
#include <arch/random.h>

#include "cpuid.h"

enum {
	RDRAND_TRIES = 10,            /* as Intel advises */
	RTC_REGISTERS = RTC_YEAR + 1, /* from the seconds on */
};

static uint64_t read_generator(void)
{
	uint64_t value = 0;
	bool is_good = false;

	if (!(cpu_id(CPUID_FEATURES).ecx & CPUID_ECX_RDRAND))
		return 0;
	for (unsigned int i = 0; i < RDRAND_TRIES && !is_good; i++)
		__asm__ volatile("rdrand %0" : "=r"(value), "=@ccc"(is_good));
	return value;
}

/* Each bit of the result depends on each of @value: the finalizer of
 * SplitMix64 (Steele, Lea, Flood, 2014). */
static uint64_t mix(uint64_t value)
{
	value = (value ^ value >> 30) * 0xbf58476d1ce4e5b9UL;
	value = (value ^ value >> 27) * 0x94d049bb133111ebUL;
	return value ^ value >> 31;
}

uint64_t arch_random_seed(void)
{
	uint64_t seed = mix(read_generator());

	for (uint8_t i = 0; i < RTC_REGISTERS; i++)
		seed = mix(seed ^ rtc_register_read(i));
	return mix(seed + cpu_cycles());
}
