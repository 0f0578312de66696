/* SPDX-License-Identifier: MIT */
/*
 * What the benchmarks of the screen need of the place where they run: the
 * kernel (kernel/) or a program of the host (host/).
 */
#ifndef TESTS_BENCH_H
#define TESTS_BENCH_H

#include <kernel/types.h>
#include <video/surface.h>

/* The screen, NULL where there is none. It does not change. */
const struct surface *bench_surface(void);

/* The font of the console, one glyph a byte; false where there is none. */
bool bench_font(struct font *font);

/* The console's screen: show text, and return when what must be visible is. */
void bench_terminal_write(const char *text, size_t length);

/* Empty it, white on black, the cursor at its top left. */
void bench_terminal_clear(void);

/* All that was written is visible from here on. */
void bench_terminal_finish(void);

/* Store @size bytes of zeros, whole words, as fast as this machine can: the
 * limit. The first call finds out how. */
void bench_store(void *to, size_t size);

#endif
