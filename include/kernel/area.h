/* SPDX-License-Identifier: MIT */
/*
 * Areas of the kernel's addresses that have a name, PURE: stacks, the heap,
 * what mm/vm.c hands out. They are kept in a list, in the order of addresses:
 * room for one more is found by a walk from the lowest on, and a fault beside
 * one can say whose edge was passed. Each step is O(areas): there are some
 * tens.
 *
 * The list is not locked: it is changed by the kernel's thread alone, and may
 * be read in any context by whoever can bear that a change is half done, as a
 * report of a fault can.
 */
#ifndef KERNEL_AREA_H
#define KERNEL_AREA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What stays unmapped before and after each area that area_place() places. */
#define AREA_GUARD_BYTES 4096UL

enum {
	AREA_TEXT_BYTES = 80, /* room for what area_describe() says */
};

enum area_kind {
	AREA_DATA,
	AREA_STACK, /* grows down: what lies right below is an overflow */
};

struct area {
	struct area *next;
	const char *name; /* "main" of a stack, "the heap" of anything else */
	uint64_t start, end; /* the byte after the last one; not 0 */
	enum area_kind kind;
};

/* Sorted by address; no two overlap. All zero is an empty one. */
struct area_list {
	struct area *first;
};

/* The area behind another one, or NULL. A list that goes down, or in circles,
 * ends there: for reports, which cannot know what is left of it. */
static inline const struct area *area_above(const struct area *area)
{
	const struct area *const next = area->next;

	return next != NULL && next->start >= area->end ? next : NULL;
}

/* Of all that faults may have to do with. The architecture defines it, with
 * its own stacks in it. */
extern struct area_list kernel_areas;

/* Where an area is to be. */
struct area_request {
	uint64_t from, to;   /* the window: guards are within it, too */
	uint64_t size_bytes; /* not 0 */
	uint64_t align;      /* a power of two: the start is a multiple of it */
	uint64_t offset;     /* and so many bytes, less than @align, more */
};

/*
 * Give @area, whose name and kind are filled in, the lowest place in the
 * window that keeps AREA_GUARD_BYTES to its edges and to all other areas, and
 * add it to the list, which refers to it from then on. False where there is
 * none: nothing is changed.
 */
bool area_place(struct area_list *list, struct area *area,
		const struct area_request *request);

/* Add an area, all of which is filled in. It must not overlap another one. */
void area_add(struct area_list *list, struct area *area);

/* Take an area out of the list, which holds it. */
void area_remove(struct area_list *list, struct area *area);

/* The area that begins at an address, or NULL. */
struct area *area_find(const struct area_list *list, uint64_t start);

/* The stack in whose guard an address lies, the AREA_GUARD_BYTES below it, or
 * NULL. */
const struct area *area_of_guard(const struct area_list *list,
				 uint64_t address);

/* Has a stack overflowed? The address of an access is in its guard, and the
 * stack pointer was within AREA_GUARD_BYTES of its lowest byte: with that
 * elsewhere it is an access gone wrong. */
bool area_has_overflowed(const struct area_list *list, uint64_t address,
			 uint64_t stack_pointer);

/*
 * Say to whom an address belongs at which nothing is mapped: "in the guard page
 * of main, 8 bytes below", or "stack overflow of main, 8 bytes below" where
 * area_has_overflowed() by @stack_pointer, 0 for none; "1 byte past the end of
 * the heap" of the first byte behind it, "1 byte before the heap" of the last
 * one before, "null pointer, at offset 0x18". True where there is something to
 * say: then @text, of @size_bytes, has it. Names are given up to 16 MiB away,
 * those of stacks within AREA_GUARD_BYTES.
 */
bool area_describe(const struct area_list *list, uint64_t address,
		   uint64_t stack_pointer, char *text, size_t size_bytes);

#endif
