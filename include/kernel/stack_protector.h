/* SPDX-License-Identifier: MIT */
/*
 * The stack protector (option STACK_PROTECTOR): the compiler puts a word, the
 * canary, between a function's arrays and its return address, and compares it
 * before the function returns.
 */
#ifndef KERNEL_STACK_PROTECTOR_H
#define KERNEL_STACK_PROTECTOR_H

#ifdef CONFIG_STACK_PROTECTOR
/*
 * Choose this boot's canary, a random word whose lowest byte is 0: no text
 * that runs over the end of an array brings it along. Once, first of all: a
 * function that is under way, but for those that never return, would not find
 * its own canary again.
 */
void stack_protector_begin(void);
#else
static inline void stack_protector_begin(void)
{
}
#endif

#endif
