/* SPDX-License-Identifier: MIT */
/*
 * The frame allocator on made-up machines: memory maps whose ranges overlap,
 * touch and lie askew, against a walk over all frames. What must not be handed
 * out never is, everything else is, the lowest first; a free that is our bug
 * panics.
 */
#include "fuzz.h"

#include <setjmp.h>
#include <stdarg.h>
#include <sys/mman.h>

#include "../../lib/bitmap.c"
#include "../../mm/frames.c"

enum {
	SPACE_BYTES = 1 << 25,
	FRAMES_MAX = SPACE_BYTES / 4096,
	RANGES_MAX = 12,
	MODULES_MAX = 4,
	FREES_MAX = 16,
};

static struct boot_info info;
static uint8_t *memory;
static bool is_free[FRAMES_MAX]; /* by the model */
static jmp_buf panicked;

/* ---- What the rest of the kernel would be ---- */

const struct boot_info *boot_info_get(void)
{
	return &info;
}

void *phys_to_virt(phys_addr_t address)
{
	FUZZ_CHECK(address.value < SPACE_BYTES);
	return memory + address.value;
}

/* The only line is of frames, and of their KiB. */
void log_info(const char *format, ...)
{
	va_list arguments;
	size_t frames;

	va_start(arguments, format);
	frames = va_arg(arguments, size_t);
	FUZZ_CHECK(va_arg(arguments, size_t) == 4 * frames);
	va_end(arguments);
}

void panic(const char *format, ...)
{
	(void)format;
	longjmp(panicked, 1);
}

/* ---- The model ---- */

static bool touches(const struct boot_range *range, uint64_t base, uint64_t end)
{
	return range->kind != BOOT_RANGE_USABLE && range->base < end &&
	       base < range->base + range->size;
}

static bool any_touches(const struct boot_range *ranges, size_t count,
			uint64_t base, uint64_t end)
{
	for (size_t i = 0; i < count; i++) {
		if (touches(&ranges[i], base, end))
			return true;
	}
	return false;
}

/* Is anything of [base, end) in use, but for the bitmap where not @all? */
static bool in_use(uint64_t base, uint64_t end, bool all)
{
	const struct boot_framebuffer *fb = &info.framebuffer;
	const uint64_t fb_end =
		fb->address.value + (uint64_t)fb->pitch * fb->height;

	return base < 1 << 20 || touches(&info.image, base, end) ||
	       touches(&info.loader_data, base, end) ||
	       (fb->address.value < end && base < fb_end) ||
	       (all && touches(&pool.taken[TAKEN_BITMAP], base, end)) ||
	       any_touches(info.ranges, info.range_count, base, end) ||
	       any_touches(info.modules, info.module_count, base, end);
}

static bool is_usable(uint64_t base, uint64_t end)
{
	for (size_t i = 0; i < info.range_count; i++) {
		const struct boot_range *range = &info.ranges[i];

		if (range->kind == BOOT_RANGE_USABLE && range->base <= base &&
		    end <= range->base + range->size)
			return true;
	}
	return false;
}

/* Frames below the top of usable memory: as many bits as the bitmap has. */
static size_t frames_below_top(void)
{
	uint64_t top = 0;

	for (size_t i = 0; i < info.range_count; i++) {
		const struct boot_range *range = &info.ranges[i];

		if (range->kind == BOOT_RANGE_USABLE &&
		    range->base + range->size > top)
			top = range->base + range->size;
	}
	return top / FRAME_SIZE;
}

/* Is there a place for the bitmap at all? */
static bool has_room(void)
{
	const uint64_t size = (frames_below_top() + 63) / 64 * 8;

	for (uint64_t base = 0; base < SPACE_BYTES; base += FRAME_SIZE) {
		if (is_usable(base, base + size) &&
		    !in_use(base, base + size, false))
			return true;
	}
	return false;
}

/* ---- Steps ---- */

static struct boot_range read_range(struct fuzz_input *input)
{
	const uint8_t how = fuzz_byte(input);
	struct boot_range range = {
		.base = fuzz_number(input, 3) * 2,
		.size = fuzz_number(input, 3) / 2,
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
		info.framebuffer.address = phys_addr(fuzz_number(input, 3));
		info.framebuffer.pitch = fuzz_byte(input) * 64U;
		info.framebuffer.height = fuzz_byte(input);
	}
	info.range_count = fuzz_below(input, RANGES_MAX + 1);
	for (size_t i = 0; i < info.range_count; i++)
		info.ranges[i] = read_range(input);
}

/* Does frame_free() take it? */
static bool frees(uint64_t address)
{
	if (setjmp(panicked) != 0)
		return false;
	frame_free(phys_addr(address));
	return true;
}

static size_t find_free(void)
{
	size_t count = 0;

	FUZZ_CHECK(pool.frames == frames_below_top());
	for (size_t i = 0; i < FRAMES_MAX; i++) {
		const uint64_t base = i * FRAME_SIZE;

		is_free[i] = is_usable(base, base + FRAME_SIZE) &&
			     !in_use(base, base + FRAME_SIZE, true);
		count += is_free[i];
	}
	return count;
}

/* All frames, in order, and then none. */
static void take_all(size_t count)
{
	phys_addr_t frame = phys_addr(1);

	FUZZ_CHECK(frames_total() == count);
	for (size_t i = 0; i < FRAMES_MAX; i++) {
		if (!is_free[i])
			continue;
		FUZZ_CHECK(frames_available() == count--);
		FUZZ_CHECK(frame_alloc(&frame) == 0);
		FUZZ_CHECK(frame.value == i * FRAME_SIZE);
	}
	FUZZ_CHECK(frame_alloc(&frame) == -ENOMEM);
	FUZZ_CHECK(frames_available() == 0);
}

/* A frame: often one that is free, and that a reserved one lies behind. */
static size_t choose_frame(struct fuzz_input *input)
{
	const uint8_t how = fuzz_byte(input);
	size_t at = fuzz_below(input, FRAMES_MAX);

	while ((how & 1) && !is_free[at] && at + 1 < FRAMES_MAX)
		at++;
	while ((how & 2) && is_free[at] && at + 1 < FRAMES_MAX &&
	       is_free[at + 1])
		at++;
	return at;
}

/* Some go back; what was never handed out, or is back already, does not. */
static void free_some(struct fuzz_input *input)
{
	phys_addr_t frame;
	size_t lowest = FRAMES_MAX, freed = 0;

	for (int i = 0; i < FREES_MAX && input->size > 0; i++) {
		const size_t at = choose_frame(input);
		const uint64_t address = at * FRAME_SIZE;

		FUZZ_CHECK(!frees(address + 1));
		FUZZ_CHECK(frees(address) == is_free[at]);
		FUZZ_CHECK(!frees(address));
		freed += is_free[at];
		lowest = is_free[at] && at < lowest ? at : lowest;
		is_free[at] = false;
		FUZZ_CHECK(frames_available() == freed);
	}
	FUZZ_CHECK(!frees(SPACE_BYTES));
	FUZZ_CHECK((frame_alloc(&frame) == 0) == (freed > 0));
	FUZZ_CHECK(freed == 0 || frame.value == lowest * FRAME_SIZE);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = { data, size };
	const struct boot_range *bitmap = &pool.taken[TAKEN_BITMAP];

	if (memory == NULL)
		memory = mmap(NULL, SPACE_BYTES, PROT_READ | PROT_WRITE,
			      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	FUZZ_CHECK(memory != MAP_FAILED);
	read_info(&input);
	pool = (__typeof__(pool)){ .map = NULL };
	if (setjmp(panicked) != 0) {
		FUZZ_CHECK(!has_room());
		return 0;
	}
	frames_init(&info);
	FUZZ_CHECK(bitmap->size * 8 >= frames_below_top());
	if (bitmap->size > 0) {
		const uint64_t end = bitmap->base + bitmap->size;

		FUZZ_CHECK(is_usable(bitmap->base, end));
		FUZZ_CHECK(!in_use(bitmap->base, end, false));
	}
	take_all(find_free());
	free_some(&input);
	return 0;
}
