/* SPDX-License-Identifier: MIT */
/*
 * The canary, and what happens where one was overwritten. Both names are the
 * compilers'. This file is compiled without the protector.
 */
#include <arch/random.h>
#include <kernel/panic.h>
#include <kernel/stack_protector.h>
#include <kernel/symbols.h>

uintptr_t __stack_chk_guard;
void __stack_chk_fail(void) __noreturn;

enum {
	LOWEST_BYTE = 0xff,
};

void stack_protector_begin(void)
{
	__stack_chk_guard = arch_random_seed() & ~(uintptr_t)LOWEST_BYTE;
}

void __stack_chk_fail(void)
{
	char function[SYMBOL_TEXT_BYTES];

	symbol_describe_return((uintptr_t)__builtin_return_address(0), function,
			       sizeof(function));
	panic("stack protector: an array on the stack was overrun, up to the "
	      "canary, in %s",
	      function);
}
