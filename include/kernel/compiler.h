/* SPDX-License-Identifier: MIT */
/*
 * Names for the compiler attributes that the kernel uses, alike for gcc and
 * clang.
 */
#ifndef KERNEL_COMPILER_H
#define KERNEL_COMPILER_H

/* <assert.h> belongs to a hosted libc, which a bare compiler lacks. */
#ifndef static_assert
#define static_assert _Static_assert
#endif

#define __noreturn           __attribute__((noreturn))
#define __packed             __attribute__((packed))
#define __aligned(bytes)     __attribute__((aligned(bytes)))
#define __section(name)      __attribute__((section(name)))
#define __used               __attribute__((used))
#define __no_stack_protector __attribute__((no_stack_protector))
#define __noinline           __attribute__((noinline))
/* For what only pays where an argument is a constant of the caller's. */
#define __force_inline inline __attribute__((always_inline))

/* On the host, under AddressSanitizer: an object whose place in its section
 * counts, and that therefore gets no guard around it. gcc knows by itself. */
#ifdef __clang__
#define __no_redzone __attribute__((no_sanitize("address")))
#else
#define __no_redzone
#endif

/* Stores before it are made before those behind it, as the one CPU sees them:
 * what an exception finds. */
#define compiler_barrier() __asm__ volatile("" : : : "memory")

/* What is known of a variable is forgotten: what is computed from it before
 * and after is computed twice. For where that is less. */
#define compiler_forget(variable) __asm__("" : "+r"(variable))

#define __printf(text, first)     __attribute__((format(printf, text, first)))

#endif
