/* SPDX-License-Identifier: MIT */
/*
 * The CPU's four breakpoint registers (Intel SDM vol. 3, 18.2). DR7 is 0 while
 * a debugger looks around: what it reads does not stop it.
 */
#include <arch/debug.h>
#include <kernel/errno.h>

enum {
	SLOTS = 4,
	DR6_SLOTS = 0xf, /* which of them it was */
	DR7_LOCAL_EXACT = 1 << 8,
	DR7_SLOT_SHIFT = 16, /* of slot 0: two bits of kind, two of size */
	DR7_SLOT_BITS = 4,
};

static struct {
	uint64_t address;
	size_t size_bytes; /* 0: free */
	enum debug_watch kind;
} slots[SLOTS];

static void address_load(unsigned int slot, uint64_t address)
{
	switch (slot) {
	case 0:
		__asm__ volatile("movq %0, %%dr0" : : "r"(address));
		break;
	case 1:
		__asm__ volatile("movq %0, %%dr1" : : "r"(address));
		break;
	case 2:
		__asm__ volatile("movq %0, %%dr2" : : "r"(address));
		break;
	default:
		__asm__ volatile("movq %0, %%dr3" : : "r"(address));
		break;
	}
}

/* Its kind and size as DR7 has them, the size in the upper two bits. */
static uint64_t slot_bits(unsigned int slot)
{
	static const uint8_t kinds[] = {
		[DEBUG_WATCH_EXECUTE] = 0,
		[DEBUG_WATCH_WRITE] = 1,
		[DEBUG_WATCH_ACCESS] = 3,
	};
	static const uint8_t sizes[] = { [1] = 0, [2] = 1, [4] = 3, [8] = 2 };

	return (uint64_t)(kinds[slots[slot].kind] |
			  sizes[slots[slot].size_bytes] << 2)
		       << (DR7_SLOT_SHIFT + DR7_SLOT_BITS * slot) |
	       1UL << 2 * slot;
}

static bool is_fit(enum debug_watch kind, uint64_t address, size_t size_bytes)
{
	if (kind == DEBUG_WATCH_EXECUTE)
		return size_bytes == 1;
	return (size_bytes == 1 || size_bytes == 2 || size_bytes == 4 ||
		size_bytes == 8) &&
	       address % size_bytes == 0;
}

int debug_watch_set(enum debug_watch kind, uint64_t address, size_t size_bytes)
{
	if (!is_fit(kind, address, size_bytes))
		return -EINVAL;
	for (unsigned int i = 0; i < SLOTS; i++) {
		if (slots[i].size_bytes != 0)
			continue;
		slots[i].address = address;
		slots[i].size_bytes = size_bytes;
		slots[i].kind = kind;
		return 0;
	}
	return -ENOSPC;
}

int debug_watch_clear(enum debug_watch kind, uint64_t address,
		      size_t size_bytes)
{
	for (unsigned int i = 0; i < SLOTS; i++) {
		if (slots[i].size_bytes == size_bytes &&
		    slots[i].address == address && slots[i].kind == kind) {
			slots[i].size_bytes = 0;
			return 0;
		}
	}
	return -ENOENT;
}

bool debug_watch_suspend(enum debug_watch *kind, uint64_t *address)
{
	uint64_t why;

	__asm__ volatile("movq %0, %%dr7" : : "r"(0UL));
	__asm__ volatile("movq %%dr6, %0" : "=r"(why));
	__asm__ volatile("movq %0, %%dr6" : : "r"(0UL));
	for (unsigned int i = 0; i < SLOTS; i++) {
		if ((why & DR6_SLOTS & 1U << i) == 0 ||
		    slots[i].size_bytes == 0)
			continue;
		*kind = slots[i].kind;
		*address = slots[i].address;
		return true;
	}
	return false;
}

void debug_watch_resume(void)
{
	uint64_t control = 0;

	for (unsigned int i = 0; i < SLOTS; i++) {
		if (slots[i].size_bytes == 0)
			continue;
		address_load(i, slots[i].address);
		control |= slot_bits(i) | DR7_LOCAL_EXACT;
	}
	__asm__ volatile("movq %0, %%dr7" : : "r"(control));
}

void debug_watch_forget(void)
{
	for (unsigned int i = 0; i < SLOTS; i++)
		slots[i].size_bytes = 0;
}
