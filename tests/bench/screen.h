/* SPDX-License-Identifier: MIT */
/*
 * What the benchmarks of shapes and of text share: the screen as it was made
 * ready, and a sum over what it shows.
 */
#ifndef TESTS_BENCH_SCREEN_H
#define TESTS_BENCH_SCREEN_H

#include "bench.h"
#include "seed.h"

enum {
	BENCH_WIDTH = 1280,
	BENCH_HEIGHT = 720,
};

/* The screen, at least BENCH_WIDTH by BENCH_HEIGHT, emptied: 0; -ENODEV where
 * there is none of that size. */
int bench_screen_prepare(void);

/* The same screen for the plain style. */
struct seed_screen bench_screen_seed(void);

/* A sum over all its visible bytes (FNV-1a, by words of 32 bits). */
uint64_t bench_screen_digest(void);

/* Pixels of the part of the screen that the benchmarks use. */
uint64_t bench_screen_pixels(void);

/* The bytes of @count pixels of a row, stored at best. */
void bench_screen_store_row(uint32_t x, uint32_t y, uint32_t count);

/* The bytes of so many pixels, stored at best, screen by screen. */
void bench_screen_store(uint64_t pixels);

#endif
