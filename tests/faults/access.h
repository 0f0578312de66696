/* SPDX-License-Identifier: MIT */
/*
 * Single accesses that no compiler drops, moves or warns of.
 */
#ifndef TESTS_FAULTS_ACCESS_H
#define TESTS_FAULTS_ACCESS_H

#include <kernel/types.h>

static inline uint64_t read_at(uint64_t address)
{
	uint64_t value;

	__asm__ volatile("movq (%1), %0"
			 : "=r"(value)
			 : "r"(address)
			 : "memory");
	return value;
}

static inline void write_at(uint64_t address, uint64_t value)
{
	__asm__ volatile("movq %1, (%0)"
			 :
			 : "r"(address), "r"(value)
			 : "memory");
}

static inline void run_at(uint64_t address)
{
	__asm__ volatile("call *%0" : : "r"(address) : "memory");
}

/* Bytes over memory, also over what the compiler thinks is constant. */
static inline void fill_at(uint64_t address, uint8_t byte, uint64_t count)
{
	__asm__ volatile("rep stosb"
			 : "+D"(address), "+c"(count)
			 : "a"(byte)
			 : "memory");
}

/* A copy of an address of which the compiler knows nothing. */
static inline uint64_t address_of(const volatile void *pointer)
{
	uint64_t address = (uintptr_t)pointer;

	__asm__("" : "+r"(address));
	return address;
}

#endif
