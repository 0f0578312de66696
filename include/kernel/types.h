/* SPDX-License-Identifier: MIT */
/*
 * The fixed-width types of the standard, and addresses that the compiler
 * keeps apart: a physical address cannot be passed where a virtual one is
 * wanted, because each is a struct of its own.
 */
#ifndef KERNEL_TYPES_H
#define KERNEL_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
	uint64_t value;
} phys_addr_t;

typedef struct {
	uint64_t value;
} virt_addr_t;

static inline phys_addr_t phys_addr(uint64_t value)
{
	return (phys_addr_t){ value };
}

static inline virt_addr_t virt_addr(uint64_t value)
{
	return (virt_addr_t){ value };
}

static inline virt_addr_t virt_addr_of(const volatile void *pointer)
{
	return (virt_addr_t){ (uintptr_t)pointer };
}

static inline void *virt_addr_pointer(virt_addr_t address)
{
	return (void *)(uintptr_t)address.value;
}

#endif
