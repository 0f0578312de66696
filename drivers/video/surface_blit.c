/* SPDX-License-Identifier: MIT */
/*
 * Copies of rectangles between surfaces of one format, PURE.
 */
#include "surface_span.h"

void surface_blit(const struct surface *to, struct point at,
		  const struct surface *from, struct rect part)
{
	const struct copy_range columns =
		copy_clip((struct copy_range){ part.x, at.x, part.width },
			  from->width, to->width);
	const struct copy_range rows =
		copy_clip((struct copy_range){ part.y, at.y, part.height },
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
