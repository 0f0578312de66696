/* SPDX-License-Identifier: MIT */
/*
 * Steps over the tags of the Multiboot2 information (specification 2.0, section
 * 3.6), for readers that want a few of them. PURE.
 */
#ifndef ARCH_BOOT_MULTIBOOT2_TAG_H
#define ARCH_BOOT_MULTIBOOT2_TAG_H

#include <lib/string.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	MULTIBOOT2_TAG_END = 0,
	MULTIBOOT2_TAGS_AT = 8, /* the first one */
};

struct multiboot2_tag {
	uint32_t type;
	uint32_t size; /* with this header, without the padding */
};

/* The tag at @at of @size bytes; false where there is no whole one, or the last
 * one. */
static inline bool multiboot2_tag_read(const uint8_t *data, size_t size,
				       size_t at, struct multiboot2_tag *tag)
{
	if (at > size || size - at < sizeof(*tag))
		return false;
	memcpy(tag, data + at, sizeof(*tag));
	return tag->type != MULTIBOOT2_TAG_END && tag->size >= sizeof(*tag) &&
	       tag->size <= size - at;
}

/* Where the next one is. */
static inline size_t multiboot2_tag_behind(size_t at,
					   const struct multiboot2_tag *tag)
{
	return at + (((size_t)tag->size + 7) & ~(size_t)7);
}

#endif
