/* SPDX-License-Identifier: MIT */
/*
 * Page tables against a list of what is mapped: ranges between a few addresses
 * around the borders of pages of each size are mapped, unmapped and protected,
 * with frames that run out. After each step every piece reads back as the list
 * has it, the tables are as few as they can be, and what failed has changed
 * nothing.
 */
#include "fuzz.h"

#include "../../arch/x86_64/kernel/page_table.c"
#include "../../arch/x86_64/kernel/page_table_check.c"

enum {
	FRAMES_MAX = 24,
	CUTS = 19,
	STEPS_MAX = 40, /* of an input: each looks at everything */
};

#define BASE 0xffffffff00000000UL
#define KIB  1024UL
#define MIB  (1024 * KIB)
#define GIB  (1024 * MIB)

/* Where ranges begin and end: up to the last address there is. */
static const uint64_t cuts[CUTS] = {
	0,
	4 * KIB,
	2 * MIB - 4 * KIB,
	2 * MIB,
	2 * MIB + 8 * KIB,
	4 * MIB,
	6 * MIB,
	GIB - 2 * MIB,
	GIB - 4 * KIB,
	GIB,
	GIB + 4 * KIB,
	GIB + 2 * MIB,
	2 * GIB - 4 * KIB,
	2 * GIB,
	2 * GIB + 2 * MIB,
	3 * GIB,
	4 * GIB - 2 * MIB,
	4 * GIB - 4 * KIB,
	4 * GIB,
};

/* How far behind its address the memory of a range lies. */
static const uint64_t distances[] = { 0, 4 * KIB, 2 * MIB, GIB, 5 * GIB };

static const unsigned int all_flags[] = {
	PAGE_READ,
	PAGE_WRITE,
	PAGE_EXECUTE | PAGE_GLOBAL,
	PAGE_WRITE | PAGE_WRITE_THROUGH,
	PAGE_WRITE | PAGE_EXECUTE, /* refused */
};

/* Between a cut and the next one. */
struct piece {
	bool is_mapped;
	uint64_t distance;
	unsigned int flags;
};

static struct piece pieces[CUTS - 1];
static uint8_t frames[FRAMES_MAX][PAGE_SIZE] __aligned(4096);
static bool is_used[FRAMES_MAX];
static unsigned int frames_used, frames_limit;
static struct page_table table;

static int pool_alloc(phys_addr_t *frame)
{
	if (frames_used >= frames_limit)
		return -1;
	for (size_t i = 0; i < FRAMES_MAX; i++) {
		if (is_used[i])
			continue;
		is_used[i] = true;
		frames_used++;
		*frame = phys_addr(i * PAGE_SIZE);
		return 0;
	}
	return -1;
}

static void pool_free(phys_addr_t frame)
{
	FUZZ_CHECK(frame.value % PAGE_SIZE == 0);
	FUZZ_CHECK(frame.value / PAGE_SIZE < FRAMES_MAX);
	FUZZ_CHECK(is_used[frame.value / PAGE_SIZE]);
	memset(frames[frame.value / PAGE_SIZE], 0xaa, PAGE_SIZE);
	is_used[frame.value / PAGE_SIZE] = false;
	frames_used--;
}

/* ---- What is to be so ---- */

static void check_at(const struct piece *piece, uint64_t at)
{
	struct page_mapping mapping;
	const int error =
		page_table_query(&table, virt_addr(BASE + at), &mapping);

	FUZZ_CHECK((error == 0) == piece->is_mapped);
	if (error != 0)
		return;
	FUZZ_CHECK(mapping.phys.value == at + piece->distance);
	FUZZ_CHECK(mapping.flags == piece->flags);
	FUZZ_CHECK(mapping.phys.value % mapping.size_bytes ==
		   (BASE + at) % mapping.size_bytes);
}

static void check_all(void)
{
	size_t tables;

	for (size_t i = 0; i < CUTS - 1; i++) {
		const uint64_t middle = (cuts[i] + cuts[i + 1]) / 2;

		check_at(&pieces[i], cuts[i]);
		check_at(&pieces[i], cuts[i] + 4095);
		check_at(&pieces[i], middle + 9);
		check_at(&pieces[i], cuts[i + 1] - 1);
	}
	FUZZ_CHECK(page_table_check(&table, &tables));
	FUZZ_CHECK(tables == frames_used);
}

static bool is_all(size_t from, size_t to, bool is_mapped)
{
	for (size_t i = from; i < to; i++) {
		if (pieces[i].is_mapped != is_mapped)
			return false;
	}
	return true;
}

/* ---- Steps ---- */

static uint64_t released;

static void count_release(phys_addr_t phys, size_t size_bytes)
{
	FUZZ_CHECK(phys.value % size_bytes == 0);
	released += size_bytes;
}

static void step_map(size_t from, size_t to, uint64_t distance,
		     unsigned int flags)
{
	const size_t size = cuts[to] - cuts[from];
	const int error = page_table_map(&table, virt_addr(BASE + cuts[from]),
					 phys_addr(cuts[from] + distance), size,
					 (enum page_flags)flags);

	if (flags == (PAGE_WRITE | PAGE_EXECUTE))
		FUZZ_CHECK(error == -EINVAL);
	else if (!is_all(from, to, false))
		FUZZ_CHECK(error == -EEXIST);
	else
		FUZZ_CHECK(error == 0 || error == -ENOMEM);
	for (size_t i = from; error == 0 && i < to; i++)
		pieces[i] = (struct piece){ true, distance, flags };
}

static void step_unmap(size_t from, size_t to)
{
	const size_t size = cuts[to] - cuts[from];
	int error;

	released = 0;
	error = page_table_unmap(&table, virt_addr(BASE + cuts[from]), size,
				 count_release);
	FUZZ_CHECK(is_all(from, to, true) ? error == 0 || error == -ENOMEM
					  : error == -EINVAL);
	FUZZ_CHECK(released == (error == 0 ? size : 0));
	for (size_t i = from; error == 0 && i < to; i++)
		pieces[i] = (struct piece){ false, 0, 0 };
}

static void step_protect(size_t from, size_t to, unsigned int flags)
{
	const int error = page_table_protect(
		&table, virt_addr(BASE + cuts[from]), cuts[to] - cuts[from],
		(enum page_flags)flags);

	if (flags == (PAGE_WRITE | PAGE_EXECUTE) || !is_all(from, to, true))
		FUZZ_CHECK(error == -EINVAL);
	else
		FUZZ_CHECK(error == 0 || error == -ENOMEM);
	for (size_t i = from; error == 0 && i < to; i++)
		pieces[i].flags = flags;
}

static void step(struct fuzz_input *input)
{
	const uint8_t choice = fuzz_byte(input);
	const size_t from = fuzz_below(input, CUTS - 1);
	const size_t to =
		from + 1 + fuzz_below(input, (uint32_t)(CUTS - 1 - from));
	const unsigned int flags = all_flags[choice >> 2 & 3];
	const unsigned int used = frames_used;

	frames_limit = choice & 0x80 ? used + (choice >> 4 & 3) : FRAMES_MAX;
	switch (choice & 3) {
	case 0:
		step_unmap(from, to);
		break;
	case 1:
		step_protect(from, to,
			     choice & 0x70
				     ? flags
				     : all_flags[ARRAY_SIZE(all_flags) - 1]);
		break;
	default:
		step_map(from, to,
			 distances[fuzz_below(input, ARRAY_SIZE(distances))],
			 flags);
		break;
	}
	check_all();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = { data, size };

	memset(pieces, 0, sizeof(pieces));
	for (size_t i = 0; i < FRAMES_MAX; i++) {
		if (is_used[i])
			pool_free(phys_addr(i * PAGE_SIZE));
	}
	frames_limit = FRAMES_MAX;
	table = (struct page_table){
		.window = (uint64_t)(uintptr_t)frames,
		.largest_level = size & 1 ? LEVEL_PDPT : LEVEL_PD,
		.frame_alloc = pool_alloc,
		.frame_free = pool_free,
	};
	FUZZ_CHECK(page_table_init(&table) == 0);
	for (int steps = 0; steps < STEPS_MAX && input.size > 0; steps++)
		step(&input);
	frames_limit = FRAMES_MAX;
	for (size_t i = 0; i < CUTS - 1; i++) {
		if (pieces[i].is_mapped)
			step_unmap(i, i + 1);
	}
	check_all();
	FUZZ_CHECK(frames_used == 1);
	return 0;
}
