/* SPDX-License-Identifier: MIT */
/*
 * Copies of rectangles between surfaces of one format, PURE.
 */
#include "surface_span.h"

/* A range of one axis: where it begins in either surface, and its length. */
struct blit_range {
	int64_t from, to;
	int64_t length;
};

/* Cut what begins before 0 in either surface, and what passes its end. */
static struct blit_range blit_clip(struct blit_range range, uint32_t from_limit,
				   uint32_t to_limit)
{
	const int64_t low = range.from < range.to ? range.from : range.to;
	const int64_t skip = low < 0 ? -low : 0;

	range.from += skip;
	range.to += skip;
	range.length -= skip;
	if (range.length > (int64_t)from_limit - range.from)
		range.length = (int64_t)from_limit - range.from;
	if (range.length > (int64_t)to_limit - range.to)
		range.length = (int64_t)to_limit - range.to;
	return range;
}

void surface_blit(const struct surface *to, struct point at,
		  const struct surface *from, struct rect part)
{
	const struct blit_range columns =
		blit_clip((struct blit_range){ part.x, at.x, part.width },
			  from->width, to->width);
	const struct blit_range rows =
		blit_clip((struct blit_range){ part.y, at.y, part.height },
			  from->height, to->height);
	const uint8_t *source;
	uint8_t *target;

	if (columns.length <= 0 || rows.length <= 0)
		return;
	source = surface_at(from, (uint32_t)columns.from, (uint32_t)rows.from);
	target = surface_at(to, (uint32_t)columns.to, (uint32_t)rows.to);
	for (int64_t row = 0; row < rows.length; row++) {
		memcpy(target, source,
		       (size_t)columns.length * to->bytes_per_pixel);
		source += from->pitch;
		target += to->pitch;
	}
}
