/* SPDX-License-Identifier: MIT */
/*
 * Another mode while the kernel runs, on the display of Bochs and QEMU, whoever
 * set the first one. The console stops before, and goes on afterwards in its
 * new size (screen_console.h). What fails brings back what was before.
 */
#include "framebuffer_mode.h"

#include "bochs_dispi.h"
#include "bochs_mode.h"
#include "framebuffer_pan.h"
#include "screen_console.h"

#include <kernel/errno.h>
#include <kernel/log.h>
#include <mm/vm.h>
#include <video/framebuffer.h>

static struct {
	struct surface *surface; /* NULL where there is none */
	phys_addr_t address;
	int (*make)(const struct boot_framebuffer *mode);
} screen;

void framebuffer_mode_start(struct surface *surface, phys_addr_t address,
			    int (*make)(const struct boot_framebuffer *mode))
{
	screen.surface = surface;
	screen.address = address;
	screen.make = make;
}

/* Is the screen this display's? */
static bool is_bochs(void)
{
	phys_addr_t pixels;

	return screen.surface != NULL && bochs_dispi_find(&pixels) &&
	       pixels.value == screen.address.value &&
	       (dispi_read(DISPI_ENABLE) & DISPI_ON) != 0;
}

int framebuffer_mode_limits(struct video_mode *mode,
			    struct video_limits *limits)
{
	if (!is_bochs())
		return -ENODEV;
	*mode = bochs_mode_get();
	*limits = bochs_mode_limits();
	return 0;
}

/* The screen as it is, to be put back; from the start of its mapping. */
static struct surface surface_now(uint32_t *rows)
{
	const struct surface *whole = framebuffer_pan_surface();
	struct surface now = *screen.surface;

	*rows = whole != NULL ? whole->height : now.height;
	if (whole != NULL)
		now.pixels = whole->pixels;
	return now;
}

/* The display and the screen in a mode. 0, -EIO or -ENOMEM; the mapping of the
 * screen before stays. */
static int mode_enter(const struct video_mode *mode)
{
	struct boot_framebuffer framebuffer;

	if (!bochs_mode_set(mode, screen.address, &framebuffer))
		return -EIO;
	return screen.make(&framebuffer);
}

/* What was before, which is mapped still. */
static void mode_go_back(const struct video_mode *mode,
			 const struct surface *before, uint32_t rows)
{
	struct boot_framebuffer framebuffer;
	uint32_t new_rows;
	const struct surface now = surface_now(&new_rows);

	if (now.pixels != before->pixels)
		vm_free(now.pixels);
	*screen.surface = *before;
	framebuffer_pan_start(screen.surface, rows);
	if (bochs_mode_set(mode, screen.address, &framebuffer))
		screen_resize_cancel();
	else
		log_warn("framebuffer_mode: the screen is lost");
}

int framebuffer_set_mode(const struct video_mode *mode)
{
	struct video_mode old_mode;
	struct video_limits limits;
	struct surface old;
	uint32_t old_rows;
	int error = framebuffer_mode_limits(&old_mode, &limits);

	if (error != 0)
		return error;
	if (!video_mode_fits(mode, &limits))
		return -ERANGE;
	old = surface_now(&old_rows);
	screen_resize_begin();
	error = mode_enter(mode);
	if (error == 0)
		error = screen_resize_end();
	if (error == 0)
		vm_free(old.pixels);
	else
		mode_go_back(&old_mode, &old, old_rows);
	return error;
}
