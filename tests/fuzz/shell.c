/* SPDX-License-Identifier: MIT */
/*
 * The shell as it is, from keys to commands: its loop, its line editor, its
 * parsing, the real console, and the commands that take arguments. The input
 * is what is typed; behind its end, the target leaves the loop. What is drawn
 * goes to a small surface with nothing behind its last byte.
 */
#include "fuzz.h"

#include <setjmp.h>
#include <string.h>

#define CONFIG_I8042          1
#define CONFIG_FRAMEBUFFER    1
#define CONFIG_SHELL_LINE_MAX 80
#define CONFIG_PHYS_MAP_BASE  0
#define TESSERA_VERSION       "fuzz"

#include "../../arch/x86_64/kernel/page_table.c"
#include "../../drivers/video/surface_circle.c"
#include "../../drivers/video/surface_line.c"
#include "../../drivers/video/surface_rect.c"
#include "../../drivers/video/surface_triangle.c"
#include "../../kernel/console.c"
#include "../../lib/color.c"
#include "../../lib/parse.c"
#include "../../lib/printf.c"
#include "../../shell/commands/clear.c"
#include "../../shell/commands/color.c"
#include "../../shell/commands/color_argument.c"
#include "../../shell/commands/draw.c"
#include "../../shell/commands/draw_circle.c"
#include "../../shell/commands/draw_line.c"
#include "../../shell/commands/draw_rect.c"
#include "../../shell/commands/draw_triangle.c"
#include "../../shell/commands/echo.c"
#include "../../shell/commands/help.c"
#include "../../shell/commands/page.c"
#include "../../shell/commands/screenfill.c"
#include "../../shell/line_editor.c"
#include "../../shell/line_start.c"
#include "../../shell/shell.c"

enum {
	SIDE = 20,
	TEXT_MAX = 1 << 16,
};

static struct fuzz_input keys;
static uint64_t lost;
static jmp_buf out_of_keys;
static struct surface surface;
static char *text;
static size_t text_length;

/* ---- What the rest of the kernel would be ---- */

char input_read_char(void)
{
	if (keys.size == 0 || text_length > TEXT_MAX / 2)
		longjmp(out_of_keys, 1);
	lost += *keys.data == 0xff; /* now and then, a loss */
	return (char)fuzz_byte(&keys);
}

uint64_t keyboard_codes_lost(void)
{
	return lost;
}

const struct surface *framebuffer_surface(void)
{
	return lost % 4 == 3 ? NULL : &surface;
}

const struct surface *framebuffer_mode(void)
{
	return framebuffer_surface();
}

static void keep(const char *bytes, size_t length)
{
	FUZZ_CHECK(text_length + length <= TEXT_MAX);
	memcpy(text + text_length, bytes, length);
	text_length += length;
}

static const struct console_sink keeping_sink = {
	.name = "keeping",
	.write = keep,
};
CONSOLE_SINK(keeping_sink);

/* ---- The target ---- */

/* A prompt begins a line, wherever the command before it left off. */
static void check_prompts(void)
{
	FUZZ_CHECK(text_length > 2);
	FUZZ_CHECK(command_find("help") != NULL);
	FUZZ_CHECK(command_find("draw") != NULL && command_find("x") == NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	keys = (struct fuzz_input){ data, size };
	text = malloc(TEXT_MAX);
	text_length = 0;
	surface = (struct surface){
		.pixels = malloc(SIDE * SIDE * 3),
		.width = SIDE,
		.height = SIDE,
		.pitch = SIDE * 3,
		.bytes_per_pixel = 3,
		.red = { 16, 8 },
		.green = { 8, 8 },
		.blue = { 0, 8 },
	};
	if (setjmp(out_of_keys) == 0)
		shell_run();
	check_prompts();
	free(surface.pixels);
	free(text);
	return 0;
}
