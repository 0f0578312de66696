/* SPDX-License-Identifier: MIT */
/*
 * Modes of a display, and what fits it.
 */
#ifndef VIDEO_VIDEO_MODE_H
#define VIDEO_VIDEO_MODE_H

#include <stdbool.h>
#include <stdint.h>

struct video_mode {
	uint32_t width, height; /* pixels */
	uint32_t bits;          /* of a pixel: 15, 16, 24 or 32 */
};

/* The most that a display can do. */
struct video_limits {
	uint32_t width, height, bits;
	uint32_t memory_bytes;
};

/* Is the mode within the limits, its pixels within the memory? */
static inline bool video_mode_fits(const struct video_mode *mode,
				   const struct video_limits *limits)
{
	const uint64_t pixels = (uint64_t)mode->width * mode->height;

	return mode->width <= limits->width && mode->height <= limits->height &&
	       mode->bits <= limits->bits &&
	       pixels * ((mode->bits + 7) / 8) <= limits->memory_bytes;
}

#endif
