/* SPDX-License-Identifier: MIT */
/*
 * mode: which mode the screen is in, and another one, where the display is that
 * of QEMU and Bochs.
 */
#include <kernel/console.h>
#include <kernel/errno.h>
#include <kernel/types.h>
#include <kernel/util.h>
#include <lib/parse_u64.h>
#include <lib/string.h>
#include <shell/command.h>
#include <shell/command_page.h>
#include <shell/complete.h>
#include <shell/error.h>
#include <video/framebuffer.h>

enum {
	WIDTH_LEAST = 320,
	HEIGHT_LEAST = 200,
	SIDE_MAX = 65535,
	WIDTH_STEP = 8, /* what the display can do */
	SIZE_TEXT = 16,
	BITS_USUAL = 32,
};

static const char *const sizes[] = {
	"640x480",  "800x600",   "1024x768",  "1280x720",  "1280x1024",
	"1600x900", "1920x1080", "2560x1440", "3840x2160",
};

/* "1024x768" into the mode. */
static bool parse_size(const char *word, struct video_mode *mode)
{
	char text[SIZE_TEXT];
	uint64_t width, height;
	size_t cross = 0;

	if (strlcpy(text, word, sizeof(text)) >= sizeof(text))
		return false;
	while (text[cross] != 'x' && text[cross] != '\0')
		cross++;
	if (text[cross] == '\0')
		return false;
	text[cross] = '\0';
	if (parse_u64(text, &width) != 0 ||
	    parse_u64(text + cross + 1, &height) != 0)
		return false;
	if (width < WIDTH_LEAST || width > SIDE_MAX ||
	    width % WIDTH_STEP != 0 || height < HEIGHT_LEAST ||
	    height > SIDE_MAX)
		return false;
	mode->width = (uint32_t)width;
	mode->height = (uint32_t)height;
	return true;
}

static int tell(void)
{
	const struct surface *surface = framebuffer_mode();
	struct video_limits limits;
	struct video_mode mode;

	if (surface == NULL) {
		console_printf("There is no framebuffer.\n");
		return -ENODEV;
	}
	if (framebuffer_mode_limits(&mode, &limits) != 0) {
		console_printf("%ux%u; this display cannot be given another "
			       "mode.\n",
			       surface->width, surface->height);
		return 0;
	}
	console_printf("%ux%u, %u bits a pixel. Others with so many bits:\n",
		       mode.width, mode.height, mode.bits);
	for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
		if (parse_size(sizes[i], &mode) &&
		    video_mode_fits(&mode, &limits))
			console_printf("  %s\n", sizes[i]);
	}
	return 0;
}

static int set(const struct video_mode *mode)
{
	const int error = framebuffer_set_mode(mode);
	const char *why = "the display did not take it";

	if (error == 0) {
		console_printf("The screen has %ux%u pixels of %u bits.\n",
			       mode->width, mode->height, mode->bits);
		return 0;
	}
	if (framebuffer_mode() == NULL)
		why = "there is no framebuffer";
	else if (error == -ENODEV)
		why = "this display cannot be given another mode";
	else if (error == -ERANGE)
		why = "it is more than the display can show";
	else if (error == -ENOMEM)
		why = "there is no memory for its text or pixels";
	console_printf("%ux%u, %u bits cannot be set: %s.\n", mode->width,
		       mode->height, mode->bits, why);
	return error;
}

static bool parse_bits(const char *word, struct video_mode *mode)
{
	uint64_t bits;

	if (parse_u64(word, &bits) != 0 ||
	    (bits != 15 && bits != 16 && bits != 24 && bits != 32))
		return false;
	mode->bits = (uint32_t)bits;
	return true;
}

static int mode_run(const struct shell_args *args)
{
	struct video_mode mode = { .bits = BITS_USUAL };
	struct video_limits limits;

	if (args->count == 1)
		return tell();
	if (args->count > 3)
		return shell_usage(args);
	(void)framebuffer_mode_limits(&mode, &limits);
	if (!parse_size(args->words[1], &mode)) {
		shell_error_at(args, 1,
			       "Invalid mode: %s: it is a size such as "
			       "1024x768, from %ux%u on, the width in steps of "
			       "%u\n",
			       args->words[1], WIDTH_LEAST, HEIGHT_LEAST,
			       WIDTH_STEP);
		return -EINVAL;
	}
	if (args->count == 3 && !parse_bits(args->words[2], &mode)) {
		shell_error_at(args, 2,
			       "Invalid depth: %s: it is 15, 16, 24 or 32\n",
			       args->words[2]);
		return -EINVAL;
	}
	return set(&mode);
}

static void mode_complete(struct shell_complete *complete)
{
	static const char *const depths[] = { "15", "16", "24", "32" };

	for (size_t i = 0; complete->index == 1 && i < ARRAY_SIZE(sizes); i++)
		shell_complete_offer(complete, sizes[i]);
	for (size_t i = 0; complete->index == 2 && i < ARRAY_SIZE(depths); i++)
		shell_complete_offer(complete, depths[i]);
}
SHELL_COMPLETION(mode, mode_complete);

SHELL_COMMAND(mode, "[<size> [bits]]", "tell or set the screen's mode",
	      mode_run);

SHELL_COMMAND_PAGE(
	mode,
	"Tells the screen's mode and others that the display has, or sets\n"
	"one: any width in steps of 8, any height, 15, 16, 24 or 32 bits\n"
	"a pixel, as far as the display's memory goes. Its text stays,\n"
	"what was drawn goes. The displays of QEMU (std) and Bochs can do\n"
	"that.\n"
	"Examples: mode 1024x768\n"
	"          mode 1920x1080 16\n");
