/* SPDX-License-Identifier: MIT */
/*
 * Global objects: for each source the compiler makes a function, listed in
 * .init_array, that tells of those in it, with bytes behind each that nobody
 * may use. To find one for a report the functions are called once more.
 */
#include <kernel/kasan.h>

#include "kasan.h"

typedef void (*constructor_fn)(void);

/* Of the linker script. */
extern const constructor_fn kasan_constructors[], kasan_constructors_end[];

void __asan_register_globals(const struct kasan_global *globals, size_t count);
void __asan_unregister_globals(const struct kasan_global *globals,
			       size_t count);

/* What is looked for, and what was found. 0: all are to be poisoned. */
static uintptr_t wanted;
static const struct kasan_global *found;

void __asan_register_globals(const struct kasan_global *globals, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct kasan_global *const global = &globals[i];

		if (wanted == 0) {
			kasan_poison(global->start, global->with_redzone,
				     KASAN_GLOBAL);
			kasan_unpoison(global->start, global->size_bytes);
		} else if (wanted - global->start < global->with_redzone) {
			found = global;
		}
	}
}

/* At the end of a program, which a kernel has not. */
void __asan_unregister_globals(const struct kasan_global *globals, size_t count)
{
	(void)globals;
	(void)count;
}

static void call_constructors(void)
{
	for (const constructor_fn *each = kasan_constructors;
	     each < kasan_constructors_end; each++)
		(*each)();
}

void kasan_begin(void)
{
	call_constructors();
}

const struct kasan_global *kasan_global_find(uintptr_t address)
{
	wanted = address;
	found = NULL;
	call_constructors();
	wanted = 0;
	return found;
}
