/* SPDX-License-Identifier: MIT */
/*
 * The frame allocator on made-up machines: memory maps whose ranges overlap,
 * touch and lie askew, against a walk over all frames. What must not be handed
 * out never is, everything else is; single frames and runs are those that the
 * header says; a free that is our bug panics with the address of a frame that
 * is wrong. 16 MiB is 2 MiB here, and 4 GiB is 3.
 */
#include "fuzz.h"

#include <setjmp.h>
#include <stdarg.h>
#include <sys/mman.h>

#include <mm/frames.h>

#undef BOOT_MAPPED_BYTES
#undef FRAMES_BELOW_16MIB
#undef FRAMES_BELOW_4GIB
#define BOOT_MAPPED_BYTES  (3UL << 20)
#define FRAMES_BELOW_16MIB (2UL << 20)
#define FRAMES_BELOW_4GIB  (3UL << 20)

#include "../../mm/bit_tree.c"
#include "../../mm/bit_tree_check.c"
#include "../../mm/frame_map.c"
#include "../../mm/frame_pool.c"
#include "../../mm/frame_pool_check.c"
#include "../../mm/frames.c"

enum {
	SPACE_BYTES = 1 << 22,
	FRAMES_MAX = SPACE_BYTES / 4096,
	RANGES_MAX = 12,
	MODULES_MAX = 4,
	STEPS_MAX = 64,
	ORDERS_MAX = 12,
	NOTHING = FRAMES_MAX,
};

/* Of a frame, by the model. */
enum state {
	FOREIGN,
	FREE,
	TAKEN,
};

static struct boot_info info;
static uint8_t *memory_bytes;
static uint8_t states[FRAMES_MAX];
static size_t free_count, reach;
static jmp_buf panicked;
static bool is_freeing;
static uint64_t panic_address; /* what the sentence about a free tells */
static uint64_t table_base;

/* ---- What the rest of the kernel would be ---- */

void *phys_to_virt(phys_addr_t address)
{
	FUZZ_CHECK(address.value < BOOT_MAPPED_BYTES);
	table_base = address.value;
	return memory_bytes + address.value;
}

/* The only line is of frames, and of their KiB. */
void log_info(const char *format, ...)
{
	va_list arguments;
	uint64_t frames;

	va_start(arguments, format);
	frames = va_arg(arguments, uint64_t);
	FUZZ_CHECK(va_arg(arguments, uint64_t) == 4 * frames);
	va_end(arguments);
}

void log_warn(const char *format, ...)
{
	(void)format;
}

void panic(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	if (is_freeing)
		panic_address = va_arg(arguments, uint64_t);
	va_end(arguments);
	longjmp(panicked, 1);
}

/* ---- The memory map, by the model ---- */

static bool touches(const struct boot_range *range, uint64_t base)
{
	return range->kind != BOOT_RANGE_USABLE &&
	       range->base < base + FRAME_SIZE &&
	       base < range->base + range->size;
}

static bool any_touches(const struct boot_range *ranges, size_t count,
			uint64_t base)
{
	for (size_t i = 0; i < count; i++) {
		if (touches(&ranges[i], base))
			return true;
	}
	return false;
}

static bool in_use(uint64_t base)
{
	const struct boot_framebuffer *fb = &info.framebuffer;
	const uint64_t fb_end =
		fb->address.value + (uint64_t)fb->pitch * fb->height;

	return base < 1 << 20 || touches(&info.image, base) ||
	       touches(&info.loader_data, base) ||
	       (fb->address.value < fb_end &&
		fb->address.value < base + FRAME_SIZE && base < fb_end) ||
	       any_touches(info.ranges, info.range_count, base) ||
	       any_touches(info.modules, info.module_count, base);
}

/* The end of the usable ranges that @at lies in, @at where it lies in none. */
static uint64_t usable_end(uint64_t at)
{
	uint64_t end = at;

	for (size_t i = 0; i < info.range_count; i++) {
		const struct boot_range *range = &info.ranges[i];

		if (range->kind == BOOT_RANGE_USABLE && range->base <= at &&
		    range->base + range->size > end)
			end = range->base + range->size;
	}
	return end;
}

/* Several ranges may have a frame together. */
static bool is_usable(uint64_t base)
{
	uint64_t at = base, end;

	while ((end = usable_end(at)) > at && at < base + FRAME_SIZE)
		at = end;
	return at >= base + FRAME_SIZE;
}

/* The last run of frames to be had that ends at @end or below. */
static size_t run_below(size_t end, size_t *first)
{
	while (end > 0 && states[end - 1] == FOREIGN)
		end--;
	*first = end;
	while (*first > 0 && states[*first - 1] != FOREIGN)
		(*first)--;
	return end;
}

/* Where the tables of @frames frames go: NOTHING where they do not. */
static size_t place_of(size_t frames, size_t size)
{
	size_t first, end = frames;

	while ((end = run_below(end, &first)) > 0) {
		const size_t top = BOOT_MAPPED_BYTES / FRAME_SIZE;
		const size_t stop = end < top ? end : top;

		if (first + size <= stop)
			return stop - size;
		end = first;
	}
	return NOTHING;
}

/* The states of all frames after frames_init(); false where it panics. */
static bool model_begin(void)
{
	size_t frames = FRAMES_MAX, first;

	for (size_t i = 0; i < FRAMES_MAX; i++)
		states[i] = is_usable(i * FRAME_SIZE) && !in_use(i * FRAME_SIZE)
				    ? FREE
				    : FOREIGN;
	while ((frames = run_below(frames, &first)) > 0) {
		const size_t size =
			(frame_pool_words(frames) * 8 + 4095) / FRAME_SIZE;
		const size_t place = place_of(frames, size);

		if (place != NOTHING) {
			memset(&states[place], FOREIGN, size);
			return true;
		}
		memset(&states[first], FOREIGN, frames - first);
	}
	return false;
}

/* ---- Input ---- */

static struct boot_range read_range(struct fuzz_input *input)
{
	const uint8_t how = fuzz_byte(input);
	struct boot_range range = {
		.base = fuzz_number(input, 3) / 4,
		.size = fuzz_number(input, 3) / 16,
		.kind = (how & 3) != 0 ? BOOT_RANGE_USABLE
				       : fuzz_byte(input) % 5,
	};

	if (how & 4)
		range.base &= ~(FRAME_SIZE - 1);
	if (how & 8)
		range.size &= ~(FRAME_SIZE - 1);
	if (range.size > SPACE_BYTES - range.base)
		range.size = SPACE_BYTES - range.base;
	range.size += range.size == 0;
	return range;
}

static struct boot_range read_used(struct fuzz_input *input)
{
	struct boot_range range = read_range(input);

	range.kind = BOOT_RANGE_RESERVED;
	range.size = range.size / 16 + 1;
	return range;
}

static void read_info(struct fuzz_input *input)
{
	info = (struct boot_info){ .range_count = 0 };
	info.image = read_used(input);
	info.loader_data = read_used(input);
	info.module_count = fuzz_below(input, MODULES_MAX + 1);
	for (size_t i = 0; i < info.module_count; i++)
		info.modules[i] = read_used(input);
	if (fuzz_byte(input) & 1) {
		info.framebuffer.address = phys_addr(fuzz_number(input, 3) / 4);
		info.framebuffer.pitch = fuzz_byte(input) * 64U;
		info.framebuffer.height = fuzz_byte(input);
	}
	info.range_count = fuzz_below(input, RANGES_MAX + 1);
	for (size_t i = 0; i < info.range_count; i++)
		info.ranges[i] = read_range(input);
}

/* ---- Steps ---- */

static bool block_is_free(size_t first, size_t size)
{
	for (size_t i = first; i < first + size; i++) {
		if (i >= FRAMES_MAX || states[i] != FREE)
			return false;
	}
	return true;
}

/* The run that is to come, as the header says; NOTHING where none does. */
static size_t model_find(size_t count, size_t align, size_t limit)
{
	const size_t from[] = { FRAMES_BELOW_4GIB >> 12,
				FRAMES_BELOW_16MIB >> 12, 0 };
	size_t size = 1;

	limit = limit < reach ? limit : reach;
	while (size < count || size < align)
		size *= 2;
	for (size_t i = 0; i < ARRAY_SIZE(from); i++) {
		size_t at = (from[i] + size - 1) / size * size;

		for (; at < FRAMES_MAX && at + count <= limit; at += size) {
			if (block_is_free(at, size))
				return at;
		}
	}
	return NOTHING;
}

static void expect_taken(int status, phys_addr_t first, size_t count,
			 size_t wanted)
{
	FUZZ_CHECK(status == (wanted == NOTHING ? -ENOMEM : 0));
	if (status != 0)
		return;
	FUZZ_CHECK(first.value == wanted * FRAME_SIZE);
	memset(&states[wanted], TAKEN, count);
	free_count -= count;
}

static void take(struct fuzz_input *input)
{
	const size_t count =
		1 +
		fuzz_number(input, 1) * (1 + fuzz_number(input, 1) % 9 / 8 * 9);
	const size_t align = (size_t)1 << fuzz_below(input, ORDERS_MAX);
	const uint64_t limit = fuzz_byte(input) % 2 != 0
				       ? FRAMES_NO_LIMIT
				       : fuzz_number(input, 3) / 4;
	const size_t wanted = model_find(count, align, limit / FRAME_SIZE);
	phys_addr_t first = phys_addr(1);

	expect_taken(frames_alloc(count, align, phys_addr(limit), &first),
		     first, count, wanted);
}

static void take_one(void)
{
	const size_t wanted = model_find(1, 1, FRAMES_MAX);
	phys_addr_t frame = phys_addr(1);

	expect_taken(frame_alloc(&frame), frame, 1, wanted);
}

/* Does it go back without a panic? */
static bool frees(uint64_t address, size_t count)
{
	is_freeing = true;
	if (setjmp(panicked) != 0)
		return false;
	if (count == 1)
		frame_free(phys_addr(address));
	else
		frames_free(phys_addr(address), count);
	return true;
}

static bool is_wrong(uint64_t address)
{
	return address % FRAME_SIZE != 0 || address >= SPACE_BYTES ||
	       states[address / FRAME_SIZE] != TAKEN;
}

/* Some frames, often from the first of a run on, and often all of the run. */
static void give_back(struct fuzz_input *input)
{
	const uint8_t how = fuzz_byte(input);
	size_t first = fuzz_number(input, 2) % FRAMES_MAX, end;
	bool is_good = true;

	while ((how & 1) && states[first] != TAKEN && first + 1 < FRAMES_MAX)
		first++;
	end = first + 1;
	while ((how & 2) && end < FRAMES_MAX && states[end] == TAKEN)
		end++;
	if (how & 4)
		end = first + fuzz_byte(input);
	for (size_t i = first; i < end; i++)
		is_good = is_good && !is_wrong(i * FRAME_SIZE);
	FUZZ_CHECK(!frees(first * FRAME_SIZE + 8, 1));
	FUZZ_CHECK(frees(first * FRAME_SIZE, end - first) == is_good);
	if (!is_good) {
		FUZZ_CHECK(is_wrong(panic_address));
		FUZZ_CHECK(panic_address >= first * FRAME_SIZE);
		FUZZ_CHECK(panic_address < end * FRAME_SIZE);
		return;
	}
	memset(&states[first], FREE, end - first);
	free_count += end - first;
}

static void step(struct fuzz_input *input)
{
	const uint8_t what = fuzz_byte(input) % 8;

	if (what == 0 && reach < FRAMES_MAX) {
		frames_use_high();
		reach = FRAMES_MAX;
	} else if (what < 3) {
		take(input);
	} else if (what < 5) {
		take_one();
	} else {
		give_back(input);
	}
	FUZZ_CHECK(frames_available() == free_count);
}

/* All that is left between two limits, in order. */
static void take_between(size_t from, size_t to)
{
	phys_addr_t frame = phys_addr(1);

	for (size_t i = from; i < to; i++) {
		if (states[i] == FREE)
			expect_taken(frame_alloc(&frame), frame, 1, i);
	}
}

/* All that is left, and then none. */
static void take_all(void)
{
	phys_addr_t frame;

	frames_use_high();
	take_between(FRAMES_BELOW_4GIB / FRAME_SIZE, FRAMES_MAX);
	take_between(FRAMES_BELOW_16MIB / FRAME_SIZE,
		     FRAMES_BELOW_4GIB / FRAME_SIZE);
	take_between(0, FRAMES_BELOW_16MIB / FRAME_SIZE);
	FUZZ_CHECK(free_count == 0 && frames_available() == 0);
	FUZZ_CHECK(frame_alloc(&frame) == -ENOMEM);
}

static void check_stats(void)
{
	struct frames_stats stats;
	uint64_t sum = 0;

	frames_stats_get(&stats);
	for (size_t i = 0; i < FRAMES_ORDERS; i++)
		sum += stats.free_blocks[i] << i;
	FUZZ_CHECK(sum == free_count && stats.free == free_count);
	FUZZ_CHECK(stats.largest_run <= free_count);
	FUZZ_CHECK(frame_pool_check(&memory.pool));
	FUZZ_CHECK(frame_map_check(&memory.map));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = { data, size };

	if (memory_bytes == NULL)
		memory_bytes = mmap(NULL, SPACE_BYTES, PROT_READ | PROT_WRITE,
				    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	FUZZ_CHECK(memory_bytes != MAP_FAILED);
	read_info(&input);
	memory = (__typeof__(memory)){ .managed = 0 };
	is_freeing = false;
	if (setjmp(panicked) != 0) {
		FUZZ_CHECK(!model_begin());
		return 0;
	}
	frames_init(&info);
	FUZZ_CHECK(model_begin());
	free_count = 0;
	for (size_t i = 0; i < FRAMES_MAX; i++)
		free_count += states[i] == FREE;
	FUZZ_CHECK(frames_total() == free_count);
	FUZZ_CHECK(states[table_base / FRAME_SIZE] == FOREIGN);
	reach = BOOT_MAPPED_BYTES / FRAME_SIZE;
	check_stats();
	for (int i = 0; i < STEPS_MAX && input.size > 0; i++)
		step(&input);
	check_stats();
	take_all();
	return 0;
}
