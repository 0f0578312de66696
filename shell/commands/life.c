/* SPDX-License-Identifier: MIT */
/*
 * life: the Game of Life (life_field.h) on the cells of the console, from cells
 * that are always the same. The last row tells the generation. Where there is
 * no screen of text, each generation is text on the other consoles, 76 columns
 * and 20 rows, which any terminal has. Without a timer each generation awaits a
 * key.
 */
#include "key_wait.h"
#include "life_field.h"
#include "number_argument.h"

#include <kernel/console.h>
#include <kernel/errno.h>
#include <kernel/types.h>
#include <lib/printf.h>
#include <lib/string.h>
#include <mm/vm.h>
#include <shell/command.h>
#include <shell/command_page.h>
#include <shell/interrupt.h>
#include <video/text_screen.h>

enum {
	FRAME_US = 100000,
	SEED = 1970,
	TEXT_WIDTH = 76,
	TEXT_HEIGHT = 20,
	STATUS_MAX = 80,
	/* Colours: what was just born, is young, is old. */
	BORN = 0xffff00,
	YOUNG = 0x00ff00,
	OLD = 0x008000,
	YOUNG_AGE = 8,
};

struct life {
	struct life_field field;
	uint64_t generation;
	size_t alive;
	bool is_text; /* there is no screen */
	bool is_paused;
};

static uint32_t color_of(uint8_t age)
{
	if (age == 0)
		return TEXT_SCREEN_BG;
	if (age == 1)
		return BORN;
	return age <= YOUNG_AGE ? YOUNG : OLD;
}

/* A row, in runs of a colour. */
static void show_row(const struct life_field *field, uint32_t y)
{
	const uint8_t *cells = field->cells + (size_t)y * field->width;
	uint32_t from = 0;

	for (uint32_t x = 1; x <= field->width; x++) {
		const uint32_t rgb = color_of(cells[from]);

		if (x < field->width && color_of(cells[x]) == rgb)
			continue;
		text_screen_fill(y, from, x - from, rgb);
		from = x;
	}
}

static void show_screen(const struct life_field *field, const char *status)
{
	const uint32_t last = field->height;
	size_t length = strlen(status);

	for (uint32_t y = 0; y < field->height; y++)
		show_row(field, y);
	text_screen_fill(last, 0, field->width, TEXT_SCREEN_BG);
	if (length > field->width)
		length = field->width;
	text_screen_text(last, status, length);
}

static void show_text(const struct life_field *field, const char *status)
{
	char row[TEXT_WIDTH + 1];

	console_clear();
	for (uint32_t y = 0; y < field->height; y++) {
		const uint8_t *cells = field->cells + (size_t)y * TEXT_WIDTH;
		size_t used = 0;

		for (size_t x = 0; x < TEXT_WIDTH; x++) {
			row[x] = cells[x] != 0 ? '#' : ' ';
			if (cells[x] != 0)
				used = x + 1;
		}
		row[used] = '\n';
		console_write(row, used + 1);
	}
	console_printf("%s\n", status);
}

static void show(const struct life *life)
{
	char status[STATUS_MAX];

	snprintf(status, sizeof(status), "Generation %llu, %zu alive. %s",
		 (unsigned long long)life->generation, life->alive,
		 life->is_paused ? "Paused: space goes on, q ends."
				 : "Space pauses, q ends.");
	if (life->is_text)
		show_text(&life->field, status);
	else
		show_screen(&life->field, status);
}

/* What a key does: false where it ends the game. */
static bool obey(struct life *life, int key)
{
	if (key == -EINTR || key == 'q')
		return false;
	if (key == ' ') {
		life->is_paused = !life->is_paused;
		show(life);
	}
	return true;
}

/* Until it is time for the next generation. The same. */
static bool wait(struct life *life, bool is_limited)
{
	int key;

	if (!key_wait_is_timed()) {
		key = is_limited ? key_wait(0) : key_wait_any();
		return key != -EINTR && key != 'q';
	}
	do {
		key = life->is_paused ? key_wait_any() : key_wait(FRAME_US);
		if (!obey(life, key))
			return false;
	} while (key != -EAGAIN);
	return true;
}

/* @limit generations, 0 for no limit. */
static int play(struct life *life, uint64_t limit)
{
	life_field_sow(&life->field, SEED);
	console_clear();
	while (limit == 0 || life->generation < limit) {
		life->alive = life_field_step(&life->field);
		life->generation++;
		show(life);
		if (life->generation != limit && !wait(life, limit != 0))
			break;
	}
	if (!life->is_text)
		console_clear();
	console_printf("Generation %llu, %zu cells alive.\n",
		       (unsigned long long)life->generation, life->alive);
	return shell_interrupted() ? -EINTR : 0;
}

static int life_run(const struct shell_args *args)
{
	struct shell_number number = { .what = "number", .max = UINT32_MAX };
	struct life life = { .is_text = false };
	uint32_t columns = TEXT_WIDTH, rows = TEXT_HEIGHT + 1;
	uint64_t limit = 0;
	void *memory;
	int error = 0;

	if (args->count > 2)
		return shell_usage(args);
	if (args->count == 2)
		error = shell_number_argument(args, 1, &number, &limit);
	if (error != 0)
		return error;
	life.is_text = !text_screen_size(&columns, &rows);
	memory = rows > 1 ? vm_alloc("the game of life",
				     life_field_bytes(columns, rows - 1))
			  : NULL;
	if (memory == NULL) {
		console_printf("There is no memory for %ux%u cells.\n", columns,
			       rows - 1);
		return -ENOMEM;
	}
	life_field_init(&life.field, memory, columns, rows - 1);
	error = play(&life, limit);
	vm_free(memory);
	return error;
}

SHELL_COMMAND(life, "[generations]", "play the Game of Life", life_run);

SHELL_COMMAND_PAGE(
	life, "Plays Conway's Game of Life on the screen of text, its edges\n"
	      "joined; the serial line has the result alone. Without a screen\n"
	      "it is shown as text. Space pauses it, q or Ctrl-C ends it, and\n"
	      "so does the last of so many generations.\n"
	      "Without a timer each generation awaits a key.\n"
	      "Example: life 100\n");
