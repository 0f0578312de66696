/* SPDX-License-Identifier: MIT */
/*
 * draw: shapes on the screen, a table of them. Coordinates are in pixels from
 * the top left corner; any 32-bit number is taken, what lies outside the
 * screen is cut off.
 */
#include "color_argument.h"
#include <kernel/console.h>
#include <kernel/errno.h>
#include <kernel/util.h>
#include <lib/parse.h>
#include <lib/string.h>
#include <shell/command.h>
#include <video/framebuffer.h>

enum {
	NUMBERS_MAX = 4,
	FIRST_NUMBER = 2, /* words: draw, the shape, numbers, a colour */
};

struct shape {
	const char *name;
	const char *usage;
	int numbers;
	int first_size; /* numbers from this one on must not be negative */
	void (*draw)(const struct surface *surface, const int32_t *numbers,
		     uint32_t rgb);
};

static void draw_rect(const struct surface *surface, const int32_t *numbers,
		      uint32_t rgb)
{
	struct rect rect = {
		.x = numbers[0],
		.y = numbers[1],
		.width = (uint32_t)numbers[2],
		.height = (uint32_t)numbers[3],
	};

	surface_fill_rect(surface, rect, rgb);
}

static void draw_line(const struct surface *surface, const int32_t *numbers,
		      uint32_t rgb)
{
	struct point from = { .x = numbers[0], .y = numbers[1] };
	struct point to = { .x = numbers[2], .y = numbers[3] };

	surface_draw_line(surface, from, to, rgb);
}

static void draw_circle(const struct surface *surface, const int32_t *numbers,
			uint32_t rgb)
{
	struct point center = { .x = numbers[0], .y = numbers[1] };

	surface_fill_circle(surface, center, numbers[2], rgb);
}

static const struct shape shapes[] = {
	{ "rect", "<x> <y> <w> <h> <color>", 4, 2, draw_rect },
	{ "line", "<x1> <y1> <x2> <y2> <color>", 4, 4, draw_line },
	{ "circle", "<cx> <cy> <r> <color>", 3, 2, draw_circle },
};

static int print_usage(const struct shape *shape)
{
	console_printf("Usage: draw %s %s\n", shape->name, shape->usage);
	return -EINVAL;
}

static int print_all_usages(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(shapes); i++)
		print_usage(&shapes[i]);
	return -EINVAL;
}

static const struct shape *find_shape(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(shapes); i++) {
		if (strcmp(shapes[i].name, name) == 0)
			return &shapes[i];
	}
	return NULL;
}

static int parse_numbers(const struct shape *shape, char *const *words,
			 int32_t *numbers)
{
	for (int i = 0; i < shape->numbers; i++) {
		if (parse_int32(words[i], &numbers[i]) != 0 ||
		    (i >= shape->first_size && numbers[i] < 0)) {
			console_printf("Invalid coordinates\n");
			return -EINVAL;
		}
	}
	return 0;
}

static int draw_shape(const struct shape *shape, char *const *words)
{
	const struct surface *surface = framebuffer_surface();
	int32_t numbers[NUMBERS_MAX];
	uint32_t rgb;
	int error = parse_numbers(shape, words, numbers);

	if (error == 0)
		error = shell_color_argument(words[shape->numbers], false,
					     &rgb);
	if (error != 0)
		return error;
	if (surface == NULL) {
		console_printf("There is no framebuffer to draw on.\n");
		return -ENODEV;
	}
	shape->draw(surface, numbers, rgb);
	return 0;
}

static int draw_run(const struct shell_args *args)
{
	const struct shape *shape = NULL;

	if (args->count >= FIRST_NUMBER)
		shape = find_shape(args->words[1]);
	if (shape == NULL)
		return print_all_usages();
	if (args->count != FIRST_NUMBER + shape->numbers + 1)
		return print_usage(shape);
	return draw_shape(shape, args->words + FIRST_NUMBER);
}

SHELL_COMMAND(draw, "rect|line|circle ...", "draw a filled shape or a line",
	      draw_run);
