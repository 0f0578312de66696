/* SPDX-License-Identifier: MIT */
/*
 * Memory at any address by one access of a given width, as device registers
 * want it, and as nobody checks it: neither the compiler nor KASAN knows of it.
 * The caller has seen that the address is mapped. Any context.
 */
#ifndef ARCH_MEMORY_H
#define ARCH_MEMORY_H

#include <kernel/types.h>

/* @size_bytes is 1, 2, 4 or 8. */
static inline uint64_t memory_load(virt_addr_t address, size_t size_bytes)
{
	const void *at = virt_addr_pointer(address);
	uint64_t value;

	switch (size_bytes) {
	case 1:
		__asm__ volatile("movzbq (%1), %0"
				 : "=r"(value)
				 : "r"(at)
				 : "memory");
		break;
	case 2:
		__asm__ volatile("movzwq (%1), %0"
				 : "=r"(value)
				 : "r"(at)
				 : "memory");
		break;
	case 4: /* the upper half becomes 0 */
		__asm__ volatile("movl (%1), %k0"
				 : "=r"(value)
				 : "r"(at)
				 : "memory");
		break;
	default:
		__asm__ volatile("movq (%1), %0"
				 : "=r"(value)
				 : "r"(at)
				 : "memory");
	}
	return value;
}

/* The same, the low bits of @value. */
static inline void memory_store(virt_addr_t address, size_t size_bytes,
				uint64_t value)
{
	void *at = virt_addr_pointer(address);

	switch (size_bytes) {
	case 1:
		__asm__ volatile("movb %b0, (%1)"
				 :
				 : "q"(value), "r"(at)
				 : "memory");
		break;
	case 2:
		__asm__ volatile("movw %w0, (%1)"
				 :
				 : "r"(value), "r"(at)
				 : "memory");
		break;
	case 4:
		__asm__ volatile("movl %k0, (%1)"
				 :
				 : "r"(value), "r"(at)
				 : "memory");
		break;
	default:
		__asm__ volatile("movq %0, (%1)"
				 :
				 : "r"(value), "r"(at)
				 : "memory");
	}
}

#endif
