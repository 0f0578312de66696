/* SPDX-License-Identifier: MIT */
/*
 * What the compilers call before each read and write, where they poison parts
 * of a stack by a call, and where a function will not return.
 */
#include "kasan.h"

/* What is not plain: out of the way of all the others. */
static __noinline void look(uintptr_t address, size_t size_bytes, bool is_write,
			    void *site)
{
	kasan_check(&(const struct kasan_access){ address, size_bytes, is_write,
						  (uintptr_t)site });
}

#define ACCESS(what, size, write)                              \
	void __asan_##what##size##_noabort(uintptr_t address); \
	void __asan_##what##size##_noabort(uintptr_t address)  \
	{                                                      \
		if (!kasan_is_plain(address, size))            \
			look(address, size, write,             \
			     __builtin_return_address(0));     \
	}

#define ACCESS_N(what, write)                                            \
	void __asan_##what##N_noabort(uintptr_t address, size_t size);   \
	void __asan_##what##N_noabort(uintptr_t address, size_t size)    \
	{                                                                \
		look(address, size, write, __builtin_return_address(0)); \
	}

ACCESS(load, 1, false)
ACCESS(load, 2, false)
ACCESS(load, 4, false)
ACCESS(load, 8, false)
ACCESS(load, 16, false)
ACCESS_N(load, false)
ACCESS(store, 1, true)
ACCESS(store, 2, true)
ACCESS(store, 4, true)
ACCESS(store, 8, true)
ACCESS(store, 16, true)
ACCESS_N(store, true)

/* clang has long runs of the same shadow written by a call. */
#define SET_SHADOW(byte)                                             \
	void __asan_set_shadow_##byte(uint8_t *shadow, size_t size); \
	void __asan_set_shadow_##byte(uint8_t *shadow, size_t size)  \
	{                                                            \
		for (size_t i = 0; i < size; i++)                    \
			((volatile uint8_t *)shadow)[i] = 0x##byte;  \
	}

SET_SHADOW(00)
SET_SHADOW(f1)
SET_SHADOW(f2)
SET_SHADOW(f3)
SET_SHADOW(f5)
SET_SHADOW(f8)

void __asan_handle_no_return(void);

/* Nothing to do: what does not return halts, or is caught, and then
 * kasan_stacks_leave() knows. */
void __asan_handle_no_return(void)
{
}
