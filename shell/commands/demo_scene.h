/* SPDX-License-Identifier: MIT */
/*
 * The scenes of the command demo, PURE: pictures that move, drawn in integers.
 * What a frame looks like is a matter of its number, the seed, the surface's
 * size and the font: the same show each time. A scene begins on a black
 * surface with frame 0, and each frame is drawn over the one before.
 */
#ifndef DEMO_SCENE_H
#define DEMO_SCENE_H

#include <stddef.h>
#include <stdint.h>
#include <video/surface.h>

struct demo_stage {
	const struct surface *surface;
	const struct font *font; /* for the scene that has text */
	uint32_t seed;
};

struct demo_scene {
	const char *name;
	void (*draw)(const struct demo_stage *stage, uint32_t frame);
};

/* The scenes in the order of the show; *@count of them. */
const struct demo_scene *demo_scene_table(size_t *count);

#endif
