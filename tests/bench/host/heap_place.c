/* SPDX-License-Identifier: MIT */
/*
 * The heaps' benchmarks on the host: static memory, the C library's malloc and
 * an allocator of the user's beside ours, and a trace from a file.
 *
 *	HEAP_PEER=FILE.so	has void peer_init(void *arena, size_t bytes),
 *				void *peer_alloc(size_t), void peer_free(void *)
 *	HEAP_TRACE=FILE		"a ID BYTES", "r ID BYTES" and "f ID", a line
 *				each, after any lines with one number alone
 */
#include <arch/cpu.h>
#include <dlfcn.h>
#include <kernel/compiler.h>
#include <kernel/console.h>
#include <lib/string.h>
#include <stdio.h>
#include <stdlib.h>

#include "../heap_bench.h"
#include "terminal.h"

const unsigned int heap_place_worst_rounds = 5;
const char heap_place_worst[] = "worst_ns";

enum {
	LINE_MAX_BYTES = 128,
	STATUS_WRONG = 2,
	TRY_NS = 20000000,
};

static uint8_t arena[HEAP_BENCH_ARENA_LARGE] __aligned(4096);
static struct heap_call calls[HEAP_TRACE_CALLS_MAX];
static uint32_t sizes[HEAP_TRACE_SLOTS_MAX];
static void *slots[HEAP_TRACE_SLOTS_MAX];
static uint32_t ticks[HEAP_TRACE_CALLS_MAX];

int heap_place_memory(struct heap_bench_memory *memory)
{
	*memory =
		(struct heap_bench_memory){ arena, calls, sizes, slots, ticks };
	return 0;
}

/* ---- The clock ---------------------------------------------------------- */

void heap_place_quiet(void)
{
}

void heap_place_normal(void)
{
}

/* The counter's rate does not change on what benchmarks run on. */
uint64_t heap_place_time(uint64_t amount)
{
	static uint64_t ns, cycles;
	const uint64_t begin_ns = terminal_clock(), begin = cpu_cycles();

	while (ns < TRY_NS) {
		ns = terminal_clock() - begin_ns;
		cycles = cpu_cycles() - begin;
	}
	return amount * ns / cycles;
}

/* ---- The C library and the user's allocator ----------------------------- */

/* Not a jump: callgrind is to see the end. */
#define CALL_ENDS() __asm__ volatile("" : : : "memory")

static void *heap_libc_alloc(void *heap, size_t size_bytes)
{
	void *pointer = malloc(size_bytes);

	(void)heap;
	CALL_ENDS();
	return pointer;
}

static int heap_libc_free(void *heap, void *pointer)
{
	(void)heap;
	free(pointer);
	CALL_ENDS();
	return 0;
}

static __noinline void *heap_libc_realloc(void *old, size_t size_bytes)
{
	void *pointer = realloc(old, size_bytes);

	CALL_ENDS();
	return pointer;
}

static void heap_libc_init(void *heap, void *memory, size_t size_bytes)
{
	(void)heap;
	(void)memory;
	(void)size_bytes;
}

static void (*peer_init)(void *memory, size_t size_bytes);
static void *(*peer_alloc)(size_t size_bytes);
static void (*peer_free)(void *pointer);

static void *heap_peer_alloc(void *heap, size_t size_bytes)
{
	void *pointer = peer_alloc(size_bytes);

	(void)heap;
	CALL_ENDS();
	return pointer;
}

static int heap_peer_free(void *heap, void *pointer)
{
	(void)heap;
	peer_free(pointer);
	CALL_ENDS();
	return 0;
}

static void heap_peer_init(void *heap, void *memory, size_t size_bytes)
{
	(void)heap;
	peer_init(memory, size_bytes);
}

/* A block that cannot stay moves. */
static int heap_moves(void *heap, void *pointer, size_t size_bytes)
{
	(void)heap;
	(void)pointer;
	(void)size_bytes;
	return -ENOMEM;
}

static const struct heap_ops libc_ops = {
	.name = "libc",
	.init = heap_libc_init,
	.alloc = heap_libc_alloc,
	.free = heap_libc_free,
	.resize = heap_moves,
};

static const struct heap_ops peer_ops = {
	.name = "peer",
	.init = heap_peer_init,
	.alloc = heap_peer_alloc,
	.free = heap_peer_free,
	.resize = heap_moves,
};

static __noreturn void die(const char *file, const char *why)
{
	console_printf("heap: %s: %s\n", file, why);
	exit(STATUS_WRONG);
}

static void *peer_function(void *library, const char *file, const char *name)
{
	void *function = dlsym(library, name);

	if (function == NULL)
		die(file, "peer_init, peer_alloc and peer_free are wanted, and "
			  "not all of them are there");
	return function;
}

/* NULL where the user named none. */
static const struct heap_ops *peer_load(void)
{
	const char *file = getenv("HEAP_PEER");
	void *library;

	if (file == NULL || *file == '\0' || peer_alloc != NULL)
		return peer_alloc != NULL ? &peer_ops : NULL;
	library = dlopen(file, RTLD_NOW | RTLD_LOCAL);
	if (library == NULL)
		die(file, dlerror());
	*(void **)&peer_init = peer_function(library, file, "peer_init");
	*(void **)&peer_free = peer_function(library, file, "peer_free");
	*(void **)&peer_alloc = peer_function(library, file, "peer_alloc");
	return &peer_ops;
}

const struct heap_ops *heap_place_find(const char *name)
{
	if (strcmp(name, libc_ops.name) == 0)
		return &libc_ops;
	return strcmp(name, peer_ops.name) == 0 ? peer_load() : NULL;
}

bool heap_place_has_arena(const struct heap_ops *ops)
{
	return ops != &libc_ops && ops != &peer_ops;
}

void *heap_place_realloc(const struct heap_ops *ops, void *old,
			 size_t size_bytes)
{
	return ops == &libc_ops ? heap_libc_realloc(old, size_bytes) : NULL;
}

/* ---- A trace from a file ------------------------------------------------ */

static __noreturn void trace_die(const char *file, unsigned int line,
				 const char *why)
{
	console_printf("heap: %s, line %u: %s\n", file, line, why);
	exit(STATUS_WRONG);
}

/* A line of the head of such files, which is of no use here. */
static bool is_number(const char *text)
{
	while (*text >= '0' && *text <= '9')
		text++;
	return *text == '\n' || *text == '\r';
}

/* One line: what is wrong with it, or NULL. */
static const char *trace_line(struct heap_trace *trace, const char *text)
{
	char what = ' ', rest = ' ';
	unsigned int id = 0, bytes = 0;
	const int fields =
		sscanf(text, " %c %u %u %c", &what, &id, &bytes, &rest);
	const bool is_free = what == 'f';

	if (fields < 1 || is_number(text))
		return NULL;
	if ((what != 'a' && what != 'r' && !is_free) ||
	    fields != (is_free ? 2 : 3))
		return "\"a ID BYTES\", \"r ID BYTES\" or \"f ID\" is wanted";
	if (id >= HEAP_TRACE_SLOTS_MAX)
		return "the ID is too large";
	if ((what == 'a') == (trace->sizes[id] != 0))
		return what == 'a' ? "the ID is alive" : "the ID is not alive";
	if (!is_free && (bytes == 0 || bytes > INT32_MAX))
		return "the BYTES must be 1 to 2147483647";
	if (!heap_trace_add(trace, id, is_free ? 0 : bytes))
		return "the trace is too long";
	return NULL;
}

/* Of as many calls as the user's file has; none where none is named. */
static void trace_file(struct heap_trace *trace, struct bench_random *random)
{
	const char *file = getenv("HEAP_TRACE");
	char text[LINE_MAX_BYTES];
	unsigned int line = 0;
	FILE *stream;

	(void)random;
	if (file == NULL || *file == '\0')
		return;
	stream = fopen(file, "r");
	if (stream == NULL)
		die(file, "it cannot be opened");
	while (fgets(text, sizeof(text), stream) != NULL) {
		const char *wrong = trace_line(trace, text);

		line++;
		if (wrong != NULL)
			trace_die(file, line, wrong);
	}
	fclose(stream);
	if (trace->count == 0)
		die(file, "it has no calls");
}

HEAP_BENCH(fast, file, HEAP_BENCH_ARENA_LARGE, trace_file);
HEAP_BENCH(libc, file, HEAP_BENCH_ARENA_LARGE, trace_file);
HEAP_BENCH(list, file, HEAP_BENCH_ARENA_LARGE, trace_file);
HEAP_BENCH(peer, file, HEAP_BENCH_ARENA_LARGE, trace_file);
HEAP_BENCH(tlsf, file, HEAP_BENCH_ARENA_LARGE, trace_file);
HEAP_BENCHES(libc);
HEAP_BENCHES(peer);
