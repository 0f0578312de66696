/* SPDX-License-Identifier: MIT */
/*
 * Named areas in a list by address, PURE.
 */
#include <kernel/area.h>
#include <lib/printf.h>

enum {
	NULL_PAGE_BYTES = 4096,
	NEAR_BYTES = 16 * 1024 * 1024,
};

/* The link that leads to the first area that ends above an address. */
static struct area **link_find(struct area_list *list, uint64_t address)
{
	struct area **link = &list->first;

	while (*link != NULL && (*link)->end <= address)
		link = &(*link)->next;
	return link;
}

static void area_link(struct area **link, struct area *area)
{
	area->next = *link;
	*link = area;
}

void area_add(struct area_list *list, struct area *area)
{
	area_link(link_find(list, area->start), area);
}

bool area_place(struct area_list *list, struct area *area,
		const struct area_request *request)
{
	const uint64_t needed = request->size_bytes + AREA_GUARD_BYTES;
	struct area **link = link_find(list, request->from);
	uint64_t at = request->from;

	if (request->size_bytes > request->to - request->from)
		return false;
	for (;; link = &(*link)->next) {
		const struct area *next = *link;
		const bool is_last = next == NULL || next->start >= request->to;
		const uint64_t limit = is_last ? request->to : next->start;

		at += AREA_GUARD_BYTES;
		at += (request->offset - at) & (request->align - 1);
		if (at < limit && limit - at >= needed)
			break;
		if (is_last)
			return false;
		at = next->end;
	}
	area->start = at;
	area->end = at + request->size_bytes;
	area_link(link, area);
	return true;
}

void area_remove(struct area_list *list, struct area *area)
{
	*link_find(list, area->start) = area->next;
}

struct area *area_find(const struct area_list *list, uint64_t start)
{
	struct area *area = list->first;

	while (area != NULL && area->start != start)
		area = area->next;
	return area;
}

const struct area *area_of_guard(const struct area_list *list, uint64_t address)
{
	for (const struct area *area = list->first; area != NULL;
	     area = area_above(area)) {
		if (area->kind == AREA_STACK &&
		    area->start - address - 1 < AREA_GUARD_BYTES)
			return area;
	}
	return NULL;
}

static bool is_at_end(const struct area *stack, uint64_t stack_pointer)
{
	return stack_pointer - stack->start + AREA_GUARD_BYTES <=
	       2 * AREA_GUARD_BYTES;
}

bool area_has_overflowed(const struct area_list *list, uint64_t address,
			 uint64_t stack_pointer)
{
	const struct area *const stack = area_of_guard(list, address);

	return stack != NULL && is_at_end(stack, stack_pointer);
}

static uint64_t reach_of(const struct area *area)
{
	return area->kind == AREA_STACK ? AREA_GUARD_BYTES : NEAR_BYTES;
}

/* Is an address that lies below @next, if there is one, a matter of that or of
 * @last, which ends at or below it? A stack has the page below it; else the
 * nearer one counts. */
static bool is_of_next(const struct area *last, const struct area *next,
		       uint64_t address)
{
	const uint64_t below = next != NULL ? next->start - address : 0;

	if (next == NULL || below > reach_of(next))
		return false;
	return next->kind == AREA_STACK || last == NULL ||
	       below <= address - last->end;
}

static void describe_below(const struct area *next, uint64_t address,
			   uint64_t stack_pointer, char *text,
			   size_t size_bytes)
{
	const unsigned long long below = next->start - address;
	const char *plural = below == 1 ? "" : "s";

	if (next->kind == AREA_STACK)
		snprintf(text, size_bytes, "%s of %s, %llu byte%s below",
			 is_at_end(next, stack_pointer) ? "stack overflow"
							: "in the guard page",
			 next->name, below, plural);
	else
		snprintf(text, size_bytes, "%llu byte%s before %s", below,
			 plural, next->name);
}

static void describe_past(const struct area *last, uint64_t address, char *text,
			  size_t size_bytes)
{
	const unsigned long long past = address - last->end + 1;

	snprintf(text, size_bytes, "%llu byte%s past the end of %s", past,
		 past == 1 ? "" : "s", last->name);
}

bool area_describe(const struct area_list *list, uint64_t address,
		   uint64_t stack_pointer, char *text, size_t size_bytes)
{
	const struct area *last = NULL, *next = list->first;

	for (; next != NULL && next->end <= address; next = area_above(next))
		last = next;
	if (next != NULL && next->start <= address)
		return false;
	if (address < NULL_PAGE_BYTES)
		snprintf(text, size_bytes, "null pointer, at offset 0x%llx",
			 (unsigned long long)address);
	else if (is_of_next(last, next, address))
		describe_below(next, address, stack_pointer, text, size_bytes);
	else if (last != NULL && address - last->end < reach_of(last))
		describe_past(last, address, text, size_bytes);
	else
		return false;
	return true;
}
