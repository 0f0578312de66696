/* SPDX-License-Identifier: MIT */
/*
 * The benchmarks' screen in the kernel, and the fastest way to store that
 * needs no vector registers: several are tried once, on the screen itself.
 */
#include <arch/cpu.h>
#include <kernel/util.h>
#include <video/framebuffer.h>

#include "../bench.h"

enum {
	TRIES = 3,
	UNROLLED = 8,
};

typedef void (*store_words)(volatile uint64_t *to, size_t words);

static void store_loop(volatile uint64_t *to, size_t words)
{
	for (size_t i = 0; i < words; i++)
		to[i] = 0;
}

static void store_unrolled(volatile uint64_t *to, size_t words)
{
	for (; words >= UNROLLED; words -= UNROLLED, to += UNROLLED) {
		to[0] = 0;
		to[1] = 0;
		to[2] = 0;
		to[3] = 0;
		to[4] = 0;
		to[5] = 0;
		to[6] = 0;
		to[7] = 0;
	}
	store_loop(to, words);
}

static void store_string(volatile uint64_t *to, size_t words)
{
	__asm__ volatile("rep stosq"
			 : "+D"(to), "+c"(words)
			 : "a"(0UL)
			 : "memory");
}

/* Asked for once: what the driver does when somebody is about to draw, such as
 * to bring the console up to date, is no part of what is measured. */
const struct surface *bench_surface(void)
{
	static const struct surface *surface;

	if (surface == NULL)
		surface = framebuffer_surface();
	return surface;
}

static uint64_t store_time(store_words store, void *to, size_t words)
{
	uint64_t best = UINT64_MAX;

	for (int i = 0; i < TRIES; i++) {
		const uint64_t begin = cpu_cycles();
		uint64_t time;

		store(to, words);
		time = cpu_cycles() - begin;
		if (time < best)
			best = time;
	}
	return best;
}

static store_words store_choose(void)
{
	static const store_words stores[] = { store_loop, store_unrolled,
					      store_string };
	const struct surface *surface = bench_surface();
	const size_t words =
		(size_t)surface->pitch * surface->height / sizeof(uint64_t);
	store_words best = NULL;
	uint64_t best_time = UINT64_MAX;

	for (size_t i = 0; i < ARRAY_SIZE(stores); i++) {
		const uint64_t time =
			store_time(stores[i], surface->pixels, words);

		if (time < best_time) {
			best_time = time;
			best = stores[i];
		}
	}
	return best;
}

void bench_store(void *to, size_t size)
{
	static store_words store;

	if (store == NULL)
		store = store_choose();
	store(to, size / sizeof(uint64_t));
}
