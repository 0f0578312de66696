/* SPDX-License-Identifier: MIT */
/*
 * draw: shapes on the screen, those of a set (draw.h). Coordinates are in
 * pixels from the top left corner; any 32-bit number is taken, what lies
 * outside the screen is cut off.
 */
#include "draw.h"

#include "color_argument.h"
#include <kernel/console.h>
#include <kernel/errno.h>
#include <kernel/util.h>
#include <lib/parse.h>
#include <lib/string.h>
#include <shell/command.h>
#include <shell/command_page.h>
#include <shell/complete.h>
#include <shell/error.h>
#include <video/framebuffer.h>

enum {
	FIRST_NUMBER = 2, /* words: draw, the shape, numbers, a colour */
};

SET_DEFINE(draw_shapes);

static int print_usage(const struct draw_shape *shape)
{
	console_printf("Usage: draw %s %s\n", shape->name, shape->usage);
	return -EINVAL;
}

/* The shape that is listed after @before, or NULL. */
static const struct draw_shape *next_shape(int before)
{
	const struct draw_shape *next = NULL;

	SET_FOREACH(shape, draw_shapes) {
		if ((*shape)->order > before &&
		    (next == NULL || (*shape)->order < next->order))
			next = *shape;
	}
	return next;
}

static int print_all_usages(const struct shell_args *args)
{
	for (const struct draw_shape *shape = next_shape(0); shape != NULL;
	     shape = next_shape(shape->order))
		print_usage(shape);
	if (args->count >= FIRST_NUMBER)
		shell_error_mark(args->words[1]);
	return -EINVAL;
}

static const struct draw_shape *find_shape(const char *name)
{
	SET_FOREACH(shape, draw_shapes) {
		if (strcmp((*shape)->name, name) == 0)
			return *shape;
	}
	return NULL;
}

static int parse_numbers(const struct draw_shape *shape, char *const *words,
			 int32_t *numbers)
{
	for (int i = 0; i < shape->numbers; i++) {
		if (parse_int32(words[i], &numbers[i]) != 0 ||
		    (i >= shape->first_size && numbers[i] < 0)) {
			console_printf("Invalid coordinates\n");
			shell_error_mark(words[i]);
			return -EINVAL;
		}
	}
	return 0;
}

static bool is_separator(char c)
{
	return c == ' ' || c == '\t';
}

/* What stands behind so many words of the text and one blank. */
static const char *skip_words(const char *text, int words)
{
	for (; words > 0; words--) {
		while (is_separator(*text))
			text++;
		while (!is_separator(*text) && *text != '\0')
			text++;
	}
	return *text != '\0' ? text + 1 : text;
}

static int draw_shape(const struct draw_shape *shape,
		      const struct shell_args *args)
{
	char *const *words = args->words + FIRST_NUMBER;
	const struct surface *surface;
	int32_t numbers[DRAW_NUMBERS_MAX];
	uint32_t rgb;
	int error = parse_numbers(shape, words, numbers);

	if (error == 0)
		error = shell_color_argument(words[shape->numbers], false,
					     &rgb);
	if (error != 0)
		return error;
	surface = framebuffer_surface();
	if (surface == NULL) {
		console_printf("There is no framebuffer to draw on.\n");
		return -ENODEV;
	}
	shape->draw(surface, numbers, rgb,
		    skip_words(args->rest, shape->numbers + 2));
	return 0;
}

static int draw_run(const struct shell_args *args)
{
	const struct draw_shape *shape = NULL;
	int wanted;

	if (args->count >= FIRST_NUMBER)
		shape = find_shape(args->words[1]);
	if (shape == NULL)
		return print_all_usages(args);
	wanted = FIRST_NUMBER + shape->numbers + 1;
	if (shape->takes_text ? args->count <= wanted : args->count != wanted) {
		print_usage(shape);
		shell_error_mark_surplus(args, FIRST_NUMBER, shape->usage);
		return -EINVAL;
	}
	return draw_shape(shape, args);
}

/* The shapes, and the colour behind a shape's numbers. */
static void draw_complete(struct shell_complete *complete)
{
	const struct draw_shape *shape;

	if (complete->index >= FIRST_NUMBER) {
		shape = find_shape(complete->words[1]);
		if (shape != NULL &&
		    complete->index == FIRST_NUMBER + shape->numbers)
			shell_color_complete(complete, false);
		return;
	}
	SET_FOREACH(entry, draw_shapes)
		shell_complete_offer(complete, (*entry)->name);
}
SHELL_COMPLETION(draw, draw_complete);

SHELL_COMMAND(draw,
	      IS_ENABLED(CONFIG_DRAW_MORE) ? "<shape> ..."
					   : "rect|line|circle ...",
	      IS_ENABLED(CONFIG_DRAW_MORE) ? "draw a shape"
					   : "draw a filled shape or a line",
	      draw_run);

SHELL_COMMAND_PAGE(
	draw,
	"Draws a shape over the screen. Coordinates and sizes are decimal\n"
	"numbers of 32 bits, in pixels from the top left corner; what lies\n"
	"outside the screen is cut off. A size must not be negative. draw\n"
	"alone lists the usage of each shape that this kernel has.\n"
	"Colors: white red green blue cyan yellow magenta black gray orange\n"
	"Example: draw rect 100 80 300 200 blue\n"
	"A number or color that is wrong is told.\n");
