/* SPDX-License-Identifier: MIT */
/*
 * Which area an address lies in, PURE.
 */
#include <kernel/area_inside.h>
#include <lib/printf.h>

const struct area *area_at(const struct area_list *list, uint64_t address)
{
	const struct area *area = list->first;

	while (area != NULL && area->end <= address)
		area = area_above(area);
	return area != NULL && area->start <= address ? area : NULL;
}

bool area_describe_inside(const struct area_list *list, uint64_t address,
			  char *text, size_t size_bytes)
{
	const struct area *const area = area_at(list, address);

	if (area == NULL)
		return false;
	if (area->kind == AREA_STACK)
		snprintf(text, size_bytes,
			 "in the %s stack, 0x%llx bytes below its top",
			 area->name, (unsigned long long)(area->end - address));
	else
		snprintf(text, size_bytes, "in %s, 0x%llx bytes from its start",
			 area->name,
			 (unsigned long long)(address - area->start));
	return true;
}
