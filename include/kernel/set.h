/* SPDX-License-Identifier: MIT */
/*
 * Linker sets: lists that the linker gathers. A file adds a pointer to one of
 * its objects; whoever owns the set walks what the link brought together.
 * Nothing is edited elsewhere, and a file that is not linked leaves no trace.
 *
 * A set holds pointers, never the structs: the linker pads arrays of structs
 * by their section's alignment. Each set is three input sections, which the
 * linker script sorts by name:
 *
 *	.set.NAME.0	set_start_NAME (SET_DEFINE)
 *	.set.NAME.1	a pointer a member (SET_ADD), in no order to rely on
 *	.set.NAME.2	set_stop_NAME (SET_DEFINE)
 *
 * The members are constant and need no start-up code: a set may be walked
 * from the first instruction of C on, in any context.
 */
#ifndef KERNEL_SET_H
#define KERNEL_SET_H

#include <kernel/compiler.h>

/* In the set's header: tells the type of the members. */
#define SET_DECLARE(set, type)                \
	extern type *const set_start_##set[]; \
	extern type *const set_stop_##set[]

/*
 * In one .c file, the one that walks the set. The bounds are made in assembly
 * so that the compiler cannot conclude anything about their size.
 */
#define SET_DEFINE(set)                                  \
	__asm__(".pushsection .set." #set ".0,\"a\"\n"   \
		".balign 8\n.globl set_start_" #set "\n" \
		"set_start_" #set ":\n"                  \
		".popsection\n"                          \
		".pushsection .set." #set ".2,\"a\"\n"   \
		".balign 8\n.globl set_stop_" #set "\n"  \
		"set_stop_" #set ":\n"                   \
		".popsection")

/* In any file: makes @object, a static constant, a member. */
#define SET_ADD(set, object)                                                 \
	static const __typeof__(object) *const set_entry_##object __section( \
		".set." #set ".1") __used __no_redzone = &(object)

/* for (entry of the set): @entry is a pointer to a pointer to the type. */
#define SET_FOREACH(entry, set)                                       \
	for (__typeof__(&set_start_##set[0]) entry = set_start_##set; \
	     entry < set_stop_##set; entry++)

#endif
