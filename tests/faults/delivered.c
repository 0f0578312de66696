/* SPDX-License-Identifier: MIT */
/*
 * The exceptions that ring 0 of long mode cannot raise, or not on this machine:
 * they are delivered by hand, in the form in which the CPU would, with an error
 * code where they have one. `int n` would push none.
 */
#include <kernel/provoke.h>

#include "../../arch/x86_64/kernel/layout.h"
#include "../../arch/x86_64/kernel/trap.h"
#include "access.h"

enum {
	ERROR_CODE = 0x18,
};

/* On a stack aligned to 16 bytes, what the CPU pushes: SS, RSP, RFLAGS, CS,
 * RIP, the error code; then the entry. */
static void deliver(unsigned int vector)
{
	const uint64_t entry =
		virt_addr_of(trap_entries).value + vector * VECTOR_ENTRY_BYTES;
	const uint64_t has_code = ERROR_CODE_VECTORS >> vector & 1;

	__asm__ volatile("movq %%rsp, %%rax\n\t"
			 "andq $-16, %%rsp\n\t"
			 "pushq %1\n\t"
			 "pushq %%rax\n\t"
			 "pushfq\n\t"
			 "cli\n\t"
			 "pushq %2\n\t"
			 "leaq 1f(%%rip), %%rcx\n\t"
			 "pushq %%rcx\n\t"
			 "testq %3, %3\n\t"
			 "jz 2f\n\t"
			 "pushq %4\n"
			 "2:\tjmp *%0\n"
			 "1:"
			 :
			 : "r"(entry), "i"(SELECTOR_DATA), "i"(SELECTOR_CODE),
			   "r"(has_code), "i"(ERROR_CODE)
			 : "rax", "rcx", "memory", "cc");
}

#define DELIVERED_FAULT(number)                                    \
	static void vector_##number(void)                          \
	{                                                          \
		deliver(number);                                   \
	}                                                          \
	PROVOKED_FAULT(vector_##number,                            \
		       "exception " #number ", delivered by hand", \
		       vector_##number)

DELIVERED_FAULT(2);
DELIVERED_FAULT(8);
DELIVERED_FAULT(9);
DELIVERED_FAULT(10);
DELIVERED_FAULT(15);
DELIVERED_FAULT(17);
DELIVERED_FAULT(18);
DELIVERED_FAULT(19);
DELIVERED_FAULT(20);
DELIVERED_FAULT(21);
DELIVERED_FAULT(22);
DELIVERED_FAULT(23);
DELIVERED_FAULT(24);
DELIVERED_FAULT(25);
DELIVERED_FAULT(26);
DELIVERED_FAULT(27);
DELIVERED_FAULT(28);
DELIVERED_FAULT(29);
DELIVERED_FAULT(30);
DELIVERED_FAULT(31);
