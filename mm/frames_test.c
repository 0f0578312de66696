/* SPDX-License-Identifier: MIT */
/*
 * Tests of the frame allocator. The kernel's own is in use; so this is a
 * second copy of its text, with a memory map and tables of the test's, and
 * with 4 GiB shrunk to 20 MiB.
 */
#include <kernel/log.h>

#define frames_init      test_frames_init
#define frames_use_high  test_frames_use_high
#define frames_alloc     test_frames_alloc
#define frames_free      test_frames_free
#define frame_alloc      test_frame_alloc
#define frame_free       test_frame_free
#define frames_total     test_frames_total
#define frames_available test_frames_available
#define frames_stats_get test_frames_stats_get
#define phys_to_virt     test_phys_to_virt
#undef log_info
#undef log_warn
#define log_info(...) ((void)0)
#define log_warn(...) ((void)warnings++)

#include <kernel/ktest.h>
#include <lib/string.h>
#include <mm/frames.h>

static unsigned int warnings;

#undef BOOT_MAPPED_BYTES
#undef FRAMES_BELOW_4GIB
#define BOOT_MAPPED_BYTES (20UL * MIB)
#define FRAMES_BELOW_4GIB (20UL * MIB)

enum {
	TABLE_WORDS = 1024,
	MIB = 1024 * 1024,
};

#include "frames.c"

static struct boot_info info;
static uint64_t table[TABLE_WORDS];
static uint64_t table_at;

/* The one thing that is looked at through the direct map: the tables. */
void *test_phys_to_virt(phys_addr_t address)
{
	table_at = address.value;
	return table;
}

static void add(uint64_t base, uint64_t size, enum boot_range_kind kind)
{
	info.ranges[info.range_count++] = (struct boot_range){
		.base = base,
		.size = size,
		.kind = kind,
	};
}

static struct boot_range reserved(uint64_t base, uint64_t size)
{
	return (struct boot_range){ base, size, BOOT_RANGE_RESERVED };
}

/* 1 MiB to 4 MiB, the image in the first half MiB of it. */
static void frames_prepare(struct ktest *test)
{
	(void)test;
	memory = (__typeof__(memory)){ .managed = 0 };
	info = (struct boot_info){ .image = reserved(MIB, MIB / 2) };
	memset(table, 0x5a, sizeof(table));
	warnings = 0;
	add(0, 0x9f000, BOOT_RANGE_USABLE);
	add(MIB, 3 * MIB, BOOT_RANGE_USABLE);
}

static bool is_free(uint64_t address)
{
	return bit_tree_test(&memory.pool.order[0].blocks,
			     address / FRAME_SIZE);
}

/* Is exactly [from, to) free? */
static void expect_free(struct ktest *test, uint64_t from, uint64_t to)
{
	const uint64_t end = memory.pool.frames * FRAME_SIZE;

	for (uint64_t at = 0; at < end; at += FRAME_SIZE) {
		if (is_free(at) != (at >= from && at < to))
			KTEST_FAIL(test, "frame 0x%lx is %s", at,
				   is_free(at) ? "free" : "taken");
	}
	KTEST_EXPECT_EQ(test, test_frames_total(), (to - from) / FRAME_SIZE);
	KTEST_EXPECT_EQ(test, test_frames_available(), test_frames_total());
	KTEST_EXPECT(test, frame_map_check(&memory.map));
	KTEST_EXPECT(test, frame_pool_check(&memory.pool));
}

/* ---- What is managed ---- */

static void frames_leave_out_what_is_in_use(struct ktest *test)
{
	test_frames_init(&info);
	KTEST_EXPECT_EQ(test, memory.pool.frames, 4 * MIB / FRAME_SIZE);
	/* The tables: at the end, and no word more than was said. */
	KTEST_EXPECT_EQ(test, table_at, 4 * MIB - FRAME_SIZE);
	expect_free(test, MIB + MIB / 2, 4 * MIB - FRAME_SIZE);
	KTEST_EXPECT_EQ(test, table[frame_pool_words(4 * MIB / FRAME_SIZE)],
			0x5a5a5a5a5a5a5a5a);
}

static void frames_leave_out_loader_and_screen(struct ktest *test)
{
	info.loader_data = reserved(MIB + MIB / 2 + 10, 20);
	info.framebuffer.address = phys_addr(3 * MIB + 1);
	info.framebuffer.pitch = MIB / 2;
	info.framebuffer.height = 2;
	test_frames_init(&info);
	/* What the screen leaves has no room for the tables. */
	KTEST_EXPECT_EQ(test, table_at, 3 * MIB - FRAME_SIZE);
	expect_free(test, MIB + MIB / 2 + FRAME_SIZE, 3 * MIB - FRAME_SIZE);
}

static void frames_leave_out_modules(struct ktest *test)
{
	info.modules[0] = reserved(2 * MIB - 1, MIB);
	info.modules[1] = reserved(3 * MIB - 1, MIB + 1);
	info.module_count = 2;
	test_frames_init(&info);
	expect_free(test, MIB + MIB / 2, 2 * MIB - 2 * FRAME_SIZE);
}

/* The firmware's first MiB, to the byte: here nothing else lies at its end. */
static void frames_leave_out_low_memory(struct ktest *test)
{
	info.range_count = 0;
	add(0, 3 * MIB, BOOT_RANGE_USABLE);
	info.image = reserved(2 * MIB, MIB);
	test_frames_init(&info);
	expect_free(test, MIB, 2 * MIB - FRAME_SIZE);
}

/* Where ranges overlap, the one that is not usable wins, whatever comes
 * first; it may reach beyond all memory. */
static void frames_of_overlapping_ranges(struct ktest *test)
{
	info.range_count = 0;
	add(3 * MIB + 100, 1UL << 40, BOOT_RANGE_RESERVED);
	add(MIB, 3 * MIB, BOOT_RANGE_USABLE);
	add(2 * MIB + 100, MIB, BOOT_RANGE_ACPI);
	test_frames_init(&info);
	expect_free(test, MIB + MIB / 2, 2 * MIB - FRAME_SIZE);
}

/* Only whole frames count; two ranges may have a frame together. */
static void frames_of_odd_ranges(struct ktest *test)
{
	info.range_count = 0;
	add(2 * MIB + 1, MIB / 2, BOOT_RANGE_USABLE);
	add(2 * MIB + MIB / 2 + 1, MIB / 2, BOOT_RANGE_USABLE);
	add(5 * MIB + 1, FRAME_SIZE, BOOT_RANGE_USABLE);
	add(6 * MIB, 100, BOOT_RANGE_USABLE);
	test_frames_init(&info);
	KTEST_EXPECT_EQ(test, memory.pool.frames, 3 * MIB / FRAME_SIZE);
	KTEST_EXPECT_EQ(test, table_at, 3 * MIB - FRAME_SIZE);
	expect_free(test, 2 * MIB + FRAME_SIZE, 3 * MIB - FRAME_SIZE);
}

/* ---- The tables ---- */

static void frames_tables_find_room(struct ktest *test)
{
	info.range_count = 0;
	add(2 * MIB, MIB, BOOT_RANGE_USABLE);
	/* 80 MiB need two frames for their tables: here is one, ... */
	add(4 * MIB, FRAME_SIZE, BOOT_RANGE_USABLE);
	/* ... here two, of which one cannot be reached yet, ... */
	add(20 * MIB - FRAME_SIZE, 2 * FRAME_SIZE, BOOT_RANGE_USABLE);
	/* ... and here none can. */
	add(79 * MIB, MIB, BOOT_RANGE_USABLE);
	test_frames_init(&info);
	KTEST_EXPECT_EQ(test, memory.table_bytes, 2 * FRAME_SIZE);
	KTEST_EXPECT_EQ(test, table_at, 3 * MIB - 2 * FRAME_SIZE);
	KTEST_EXPECT_EQ(test, test_frames_total(), 2 * MIB / FRAME_SIZE + 1);
	KTEST_EXPECT_EQ(test, warnings, 0);
	/* Where both can be reached, they are it. */
	info.ranges[2].base -= FRAME_SIZE;
	test_frames_init(&info);
	KTEST_EXPECT_EQ(test, table_at, 20 * MIB - 2 * FRAME_SIZE);
}

/* What is too much for the room that there is is left out, not all of it. */
static void frames_tables_without_room(struct ktest *test)
{
	info.range_count = 0;
	add(2 * MIB, 2 * FRAME_SIZE, BOOT_RANGE_USABLE);
	add(1UL << 36, 1UL << 30, BOOT_RANGE_USABLE);
	add(1UL << 38, 1UL << 30, BOOT_RANGE_USABLE);
	test_frames_init(&info);
	KTEST_EXPECT_EQ(test, warnings, 2);
	KTEST_EXPECT_EQ(test, table_at, 2 * MIB + FRAME_SIZE);
	expect_free(test, 2 * MIB, 2 * MIB + FRAME_SIZE);
	/* No room in what is usable, or not in what is mapped, or no memory. */
	info.range_count = 0;
	add(MIB, MIB / 2, BOOT_RANGE_USABLE);
	KTEST_EXPECT_PANIC(test, test_frames_init(&info));
	info.range_count = 0;
	add(BOOT_MAPPED_BYTES, MIB, BOOT_RANGE_USABLE);
	KTEST_EXPECT_PANIC(test, test_frames_init(&info));
	info.range_count = 0;
	KTEST_EXPECT_PANIC(test, test_frames_init(&info));
}

/* The largest map that there can be has room, each range making a hole. */
static void frames_of_many_ranges(struct ktest *test)
{
	info.range_count = 0;
	for (size_t i = 0; i < BOOT_RANGES_MAX / 2; i++) {
		const uint64_t base = 2 * MIB + i * 16 * FRAME_SIZE;

		add(base, 12 * FRAME_SIZE, BOOT_RANGE_USABLE);
		add(base + FRAME_SIZE, FRAME_SIZE, BOOT_RANGE_BAD);
	}
	for (size_t i = 0; i < BOOT_MODULES_MAX; i++)
		info.modules[info.module_count++] = reserved(
			2 * MIB + i * 16 * FRAME_SIZE + 4 * FRAME_SIZE, 1);
	info.image = reserved(2 * MIB + 6 * FRAME_SIZE, 1);
	info.loader_data = reserved(2 * MIB + 8 * FRAME_SIZE, 1);
	test_frames_init(&info);
	KTEST_EXPECT_EQ(test, memory.map.count,
			BOOT_RANGES_MAX + BOOT_MODULES_MAX + 2);
	KTEST_EXPECT(test, memory.map.count <= memory.map.capacity);
	KTEST_EXPECT_EQ(test, test_frames_total(),
			11 * BOOT_RANGES_MAX / 2 - BOOT_MODULES_MAX - 3);
	KTEST_EXPECT(test, frame_pool_check(&memory.pool));
}

/* ---- Single frames ---- */

static void frames_are_handed_out_once(struct ktest *test)
{
	uint64_t last = 0, count = 0;
	phys_addr_t frame = phys_addr(0);

	test_frames_init(&info);
	for (; test_frame_alloc(&frame) == 0; count++) {
		KTEST_ASSERT_GT(test, frame.value, last);
		KTEST_ASSERT_EQ(test, frame.value % FRAME_SIZE, 0);
		last = frame.value;
	}
	KTEST_EXPECT_EQ(test, count, test_frames_total());
	KTEST_EXPECT_EQ(test, test_frames_available(), 0);
	KTEST_EXPECT_EQ(test, last, 4 * MIB - 2 * FRAME_SIZE);
	KTEST_EXPECT_EQ(test, test_frame_alloc(&frame), -ENOMEM);
	/* What comes back is to be had again, the lowest first. */
	test_frame_free(phys_addr(3 * MIB));
	test_frame_free(phys_addr(2 * MIB));
	test_frame_free(phys_addr(3 * MIB + FRAME_SIZE));
	KTEST_EXPECT_EQ(test, test_frames_available(), 3);
	KTEST_EXPECT_EQ(test, test_frame_alloc(&frame), 0);
	KTEST_EXPECT_EQ(test, frame.value, 2 * MIB);
	KTEST_EXPECT_EQ(test, test_frame_alloc(&frame), 0);
	KTEST_EXPECT_EQ(test, frame.value, 3 * MIB);
	KTEST_EXPECT_EQ(test, test_frames_available(), 1);
}

/* Which sentence does a wrong free get? */
static void expect_no_frame(struct ktest *test, uint64_t address)
{
	KTEST_EXPECT_PANIC(test, test_frame_free(phys_addr(address)));
}

static void frames_know_what_they_gave(struct ktest *test)
{
	const uint64_t first = MIB + MIB / 2;
	phys_addr_t frame;

	info.modules[0] = reserved(3 * MIB, 1);
	info.module_count = 1;
	add(4 * MIB, MIB / 2, BOOT_RANGE_RESERVED);
	add(5 * MIB, MIB, BOOT_RANGE_USABLE);
	test_frames_init(&info);
	KTEST_ASSERT_EQ(test, test_frame_alloc(&frame), 0);
	KTEST_EXPECT_EQ(test, frame.value, first);
	expect_no_frame(test, 0);
	expect_no_frame(test, 0x1000);
	expect_no_frame(test, MIB);
	expect_no_frame(test, first - FRAME_SIZE);
	expect_no_frame(test, 3 * MIB);
	expect_no_frame(test, 4 * MIB);
	/* Nobody's: in no range at all. */
	expect_no_frame(test, 4 * MIB + MIB / 2);
	expect_no_frame(test, 6 * MIB);
	expect_no_frame(test, 1UL << 50);
	expect_no_frame(test, UINT64_MAX);
	expect_no_frame(test, first + 8);
	/* The tables' own. */
	expect_no_frame(test, 6 * MIB - FRAME_SIZE);
	/* Free already. */
	expect_no_frame(test, first + FRAME_SIZE);
	KTEST_EXPECT_EQ(test, test_frames_available(), test_frames_total() - 1);
	test_frame_free(frame);
	expect_no_frame(test, first);
	KTEST_EXPECT_EQ(test, test_frames_available(), test_frames_total());
}

/* Parts of frames at the ends of ranges, and what a reserved range covers. */
static void frames_that_are_not_whole(struct ktest *test)
{
	phys_addr_t frame;

	info.range_count = 0;
	add(2 * MIB + 1, MIB, BOOT_RANGE_USABLE);
	add(5 * MIB, MIB, BOOT_RANGE_USABLE);
	add(5 * MIB + FRAME_SIZE, FRAME_SIZE, BOOT_RANGE_ACPI_NVS);
	test_frames_init(&info);
	expect_no_frame(test, 2 * MIB);
	expect_no_frame(test, 3 * MIB);
	expect_no_frame(test, 5 * MIB + FRAME_SIZE);
	/* Those of the first range and of the last, its last frame, too. */
	while (test_frame_alloc(&frame) == 0)
		;
	test_frame_free(phys_addr(3 * MIB - FRAME_SIZE));
	test_frame_free(phys_addr(5 * MIB));
	test_frame_free(phys_addr(6 * MIB - 2 * FRAME_SIZE));
	KTEST_EXPECT_EQ(test, test_frames_available(), 3);
}

/* ---- Runs ---- */

static void expect_run(struct ktest *test, size_t count, size_t align,
		       uint64_t limit, uint64_t wanted)
{
	phys_addr_t first = phys_addr(1);

	KTEST_EXPECT_EQ(
		test, test_frames_alloc(count, align, phys_addr(limit), &first),
		0);
	KTEST_EXPECT_EQ(test, first.value, wanted);
}

/* 1 MiB to 24 MiB: some below the limit of ISA, some above "4 GiB". */
static void init_large(void)
{
	info.range_count = 0;
	add(MIB, 23 * MIB, BOOT_RANGE_USABLE);
	test_frames_init(&info);
}

static void frames_run_where_others_need_none(struct ktest *test)
{
	phys_addr_t first;

	init_large();
	/* The direct map is not there yet. */
	expect_run(test, 3, 1, UINT64_MAX, 16 * MIB);
	expect_run(test, 256, 1, 21 * MIB, 17 * MIB);
	test_frames_use_high();
	expect_run(test, 1, 1, UINT64_MAX, 20 * MIB);
	expect_run(test, 512, 512, UINT64_MAX, 22 * MIB);
	expect_run(test, 1, 1, 20 * MIB, 16 * MIB + 3 * FRAME_SIZE);
	/* Below the limit, its last byte, too; or what can be had less well. */
	expect_run(test, 256, 1, 22 * MIB, 21 * MIB);
	expect_run(test, 256, 1, 22 * MIB - 1, 18 * MIB);
	expect_run(test, 256, 1, 19 * MIB, 2 * MIB);
	expect_run(test, 2, 1, 16 * MIB, MIB + MIB / 2);
	KTEST_EXPECT_EQ(
		test,
		test_frames_alloc(1, 1, phys_addr(MIB + MIB / 2 + 1), &first),
		-ENOMEM);
	/* A single frame goes where there is one, until there is none. */
	while (test_frame_alloc(&first) == 0)
		;
	KTEST_EXPECT_EQ(test, test_frames_available(), 0);
	KTEST_EXPECT_EQ(test, first.value, 16 * MIB - FRAME_SIZE);
}

static void frames_run_as_asked_or_not_at_all(struct ktest *test)
{
	phys_addr_t first = phys_addr(7);

	init_large();
	KTEST_EXPECT_EQ(
		test,
		test_frames_alloc(0, 1, phys_addr(FRAMES_NO_LIMIT), &first),
		-EINVAL);
	KTEST_EXPECT_EQ(
		test,
		test_frames_alloc(1, 0, phys_addr(FRAMES_NO_LIMIT), &first),
		-EINVAL);
	KTEST_EXPECT_EQ(
		test,
		test_frames_alloc(1, 6, phys_addr(FRAMES_NO_LIMIT), &first),
		-EINVAL);
	KTEST_EXPECT_EQ(test,
			test_frames_alloc(SIZE_MAX, 1,
					  phys_addr(FRAMES_NO_LIMIT), &first),
			-ENOMEM);
	KTEST_EXPECT_EQ(test, test_frames_alloc(1, 1, phys_addr(0), &first),
			-ENOMEM);
	KTEST_EXPECT_EQ(test, first.value, 7);
	KTEST_EXPECT_EQ(test, test_frames_available(), test_frames_total());
}

static void expect_bad_free(struct ktest *test, uint64_t first, size_t count)
{
	const uint64_t before = test_frames_available();

	KTEST_EXPECT_PANIC(test, test_frames_free(phys_addr(first), count));
	KTEST_EXPECT_EQ(test, test_frames_available(), before);
}

/* Each frame of a run is looked at: nothing is free after a wrong call. */
static void frames_of_a_run_go_back(struct ktest *test)
{
	init_large();
	expect_run(test, 1024, 1, UINT64_MAX, 4 * MIB);
	/* Parts, and what is one of them no more. */
	test_frames_free(phys_addr(4 * MIB + 5 * FRAME_SIZE), 3);
	expect_bad_free(test, 4 * MIB, 1024);
	expect_bad_free(test, 4 * MIB + 7 * FRAME_SIZE, 2);
	expect_bad_free(test, 4 * MIB + 4 * FRAME_SIZE, 2);
	test_frames_free(phys_addr(4 * MIB), 5);
	test_frames_free(phys_addr(4 * MIB + 8 * FRAME_SIZE), 1016);
	expect_bad_free(test, 4 * MIB, 1);
	/* None is no run. */
	test_frames_free(phys_addr(4 * MIB), 0);
	test_frames_free(phys_addr(3), 0);
	KTEST_EXPECT_EQ(test, test_frames_available(), test_frames_total());
	/* Across the end of what is managed, below it, and beyond all. */
	expect_run(test, 1, 1, MIB + MIB / 2 + FRAME_SIZE, MIB + MIB / 2);
	expect_bad_free(test, MIB + MIB / 2 - FRAME_SIZE, 2);
	expect_bad_free(test, MIB + MIB / 2, SIZE_MAX);
	expect_bad_free(test, MIB + MIB / 2, 1UL << 52);
	KTEST_EXPECT(test, frame_pool_check(&memory.pool));
	test_frames_use_high();
	while (test_frames_alloc(1, 1, phys_addr(FRAMES_NO_LIMIT),
				 &(phys_addr_t){ 0 }) == 0)
		;
	expect_bad_free(test, 23 * MIB, 257);
	test_frames_free(phys_addr(23 * MIB), 256);
}

static void frames_tell_what_there_is(struct ktest *test)
{
	/* At 1.5, 2, 4 and 8 MiB; at 16, 18, 19, 19.5, ... MiB; at 20. */
	static const uint64_t blocks[FRAMES_ORDERS] = { 1, 1, 1, 1, 1, 1,
							1, 2, 1, 2, 2, 1 };
	struct frames_stats stats;
	phys_addr_t first;

	init_large(); /* free: 1.5 MiB to 20 MiB - a frame; 20 to 24 MiB */
	test_frames_stats_get(&stats);
	KTEST_EXPECT_EQ(test, stats.table_bytes, FRAME_SIZE);
	KTEST_EXPECT_EQ(test, stats.total,
			(22 * MIB + MIB / 2) / FRAME_SIZE - 1);
	KTEST_EXPECT_EQ(test, stats.free, stats.total);
	KTEST_EXPECT_EQ(test, stats.largest_run, 8 * MIB / FRAME_SIZE);
	KTEST_EXPECT_EQ(test, stats.allocations, 0);
	for (size_t i = 0; i < ARRAY_SIZE(blocks); i++)
		KTEST_EXPECT_EQ(test, stats.free_blocks[i], blocks[i]);
	expect_run(test, 2048, 1, UINT64_MAX, 8 * MIB);
	KTEST_EXPECT_EQ(
		test,
		test_frames_alloc(2048, 1, phys_addr(FRAMES_NO_LIMIT), &first),
		-ENOMEM);
	test_frames_free(phys_addr(8 * MIB), 2047);
	test_frames_stats_get(&stats);
	KTEST_EXPECT_EQ(test, stats.free, stats.total - 1);
	KTEST_EXPECT_EQ(test, stats.largest_run, 1024);
	KTEST_EXPECT_EQ(test, stats.allocations, 1);
	KTEST_EXPECT_EQ(test, stats.failures, 1);
	KTEST_EXPECT_EQ(test, stats.frees, 1);
	KTEST_EXPECT_EQ(test, stats.free_blocks[0], 2);
}

static const struct ktest_case frames_cases[] = {
	KTEST_CASE(frames_leave_out_what_is_in_use),
	KTEST_CASE(frames_leave_out_loader_and_screen),
	KTEST_CASE(frames_leave_out_modules),
	KTEST_CASE(frames_leave_out_low_memory),
	KTEST_CASE(frames_of_overlapping_ranges),
	KTEST_CASE(frames_of_odd_ranges),
	KTEST_CASE(frames_tables_find_room),
	KTEST_CASE(frames_tables_without_room),
	KTEST_CASE(frames_of_many_ranges),
	KTEST_CASE(frames_are_handed_out_once),
	KTEST_CASE(frames_know_what_they_gave),
	KTEST_CASE(frames_that_are_not_whole),
	KTEST_CASE(frames_run_where_others_need_none),
	KTEST_CASE(frames_run_as_asked_or_not_at_all),
	KTEST_CASE(frames_of_a_run_go_back),
	KTEST_CASE(frames_tell_what_there_is),
};
KTEST_SUITE_WITH(frames, frames_cases, .parent = "mm", .setup = frames_prepare);
