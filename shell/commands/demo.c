/* SPDX-License-Identifier: MIT */
/*
 * demo: a show of what drawing is like on this screen, a minute long, or one
 * scene of it (demo_scene.h). Any key ends it, and the screen is empty
 * afterwards. Frames follow each other by the timer, or as fast as they are
 * drawn where there is none.
 */
#include "demo_scene.h"
#include "key_wait.h"
#include "number_argument.h"

#include <kernel/console.h>
#include <kernel/errno.h>
#include <kernel/time.h>
#include <kernel/types.h>
#include <lib/string.h>
#include <shell/command.h>
#include <shell/command_page.h>
#include <shell/complete.h>
#include <shell/error.h>
#include <video/framebuffer.h>
#include <video/framebuffer_console.h>

enum {
	FRAME_US = 40000,
	FRAMES = 300, /* of a scene, unless told: 12 seconds */
	SEED = 2,
};

static const struct demo_scene *find_scene(const char *name)
{
	size_t count;
	const struct demo_scene *scenes = demo_scene_table(&count);

	for (size_t i = 0; i < count; i++) {
		if (strcmp(scenes[i].name, name) == 0)
			return &scenes[i];
	}
	return NULL;
}

static int tell_scenes(const struct shell_args *args)
{
	size_t count;
	const struct demo_scene *scenes = demo_scene_table(&count);

	shell_error_at(args, 1, "Unknown scene: %s\n", args->words[1]);
	console_printf("Scenes:");
	for (size_t i = 0; i < count; i++)
		console_printf(" %s", scenes[i].name);
	console_put_char('\n');
	return -ENOENT;
}

static void make_black(const struct surface *surface)
{
	const struct rect all = { 0, 0, surface->width, surface->height };

	surface_fill_rect(surface, all, 0);
}

/* -EINTR where a key ended it. */
static int play(const struct demo_scene *scene, uint64_t frames)
{
	struct demo_stage stage = { .font = framebuffer_console_font(),
				    .seed = SEED };

	for (uint32_t frame = 0; frame < frames; frame++) {
		const uint64_t begin = time_uptime_us();
		uint64_t spent;

		stage.surface = framebuffer_surface();
		if (frame == 0)
			make_black(stage.surface);
		scene->draw(&stage, frame);
		spent = time_uptime_us() - begin;
		if (key_wait(spent < FRAME_US ? FRAME_US - spent : 0) !=
		    -EAGAIN)
			return -EINTR;
	}
	return 0;
}

/* Nothing of the text is known to the console while others draw: it begins and
 * ends with an empty screen. */
static int play_all(const struct demo_scene *only, uint64_t frames)
{
	size_t count;
	const struct demo_scene *scenes = demo_scene_table(&count);
	int error = 0;

	if (framebuffer_mode() == NULL || framebuffer_console_font() == NULL) {
		console_printf("There is no framebuffer to draw on.\n");
		return -ENODEV;
	}
	console_clear();
	for (size_t i = 0; i < count && error == 0; i++) {
		if (only == NULL || only == &scenes[i])
			error = play(&scenes[i], frames);
	}
	console_clear();
	return error;
}

static int demo_run(const struct shell_args *args)
{
	struct shell_number number = { .what = "number", .max = UINT32_MAX };
	const struct demo_scene *only = NULL;
	uint64_t frames = FRAMES;

	if (args->count > 3)
		return shell_usage(args);
	if (args->count > 1) {
		only = find_scene(args->words[1]);
		if (only == NULL)
			return tell_scenes(args);
	}
	if (args->count > 2) {
		const int error =
			shell_number_argument(args, 2, &number, &frames);

		if (error != 0)
			return error;
	}
	return play_all(only, frames);
}

static void demo_complete(struct shell_complete *complete)
{
	size_t count;
	const struct demo_scene *scenes = demo_scene_table(&count);

	for (size_t i = 0; i < count && complete->index == 1; i++)
		shell_complete_offer(complete, scenes[i].name);
}
SHELL_COMPLETION(demo, demo_complete);

SHELL_COMMAND(demo, "[scene [frames]]", "show what drawing is like", demo_run);

SHELL_COMMAND_PAGE(
	demo,
	"A show on the screen, a minute long: lines, boxes, plasma,\n"
	"stars, rain; or one scene, or so many frames of it, of which\n"
	"there are 25 a second where the kernel has a timer. Any key ends\n"
	"it. The screen is empty afterwards.\n"
	"Examples: demo\n"
	"          demo plasma\n"
	"          demo stars 1000\n");
