/* SPDX-License-Identifier: MIT */
/*
 * Tests of the frame allocator. The kernel's own is in use; so this is a
 * second copy of its text, with a memory map and a table of the test's.
 */
#include <kernel/log.h>

#define frames_init      test_frames_init
#define frame_alloc      test_frame_alloc
#define frame_free       test_frame_free
#define frames_total     test_frames_total
#define frames_available test_frames_available
#define boot_info_get    test_boot_info_get
#define phys_to_virt     test_phys_to_virt
#define log_info(...)    ((void)0)

#include <kernel/ktest.h>
#include <lib/string.h>

#include "frames.c"

enum {
	TABLE_WORDS = 64,
	MIB = 1024 * 1024,
};

static struct boot_info info;
static uint64_t table[TABLE_WORDS];
static uint64_t table_at;

const struct boot_info *test_boot_info_get(void)
{
	return &info;
}

/* The one thing that is looked at through the direct map: the table. */
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
	pool = (__typeof__(pool)){ .map = NULL };
	info = (struct boot_info){ .image = reserved(MIB, MIB / 2) };
	memset(table, 0x5a, sizeof(table));
	add(0, 0x9f000, BOOT_RANGE_USABLE);
	add(MIB, 3 * MIB, BOOT_RANGE_USABLE);
}

static bool is_free(uint64_t address)
{
	return !bitmap_test(pool.map, address / FRAME_SIZE);
}

/* Is exactly [from, to) free? */
static void expect_free(struct ktest *test, uint64_t from, uint64_t to)
{
	for (uint64_t at = 0; at < pool.frames * FRAME_SIZE; at += FRAME_SIZE) {
		if (is_free(at) != (at >= from && at < to))
			KTEST_FAIL(test, "frame 0x%lx is %s", at,
				   is_free(at) ? "free" : "taken");
	}
	KTEST_EXPECT_EQ(test, test_frames_total(), (to - from) / FRAME_SIZE);
	KTEST_EXPECT_EQ(test, test_frames_available(), test_frames_total());
}

static void frames_leave_out_what_is_in_use(struct ktest *test)
{
	test_frames_init(&info);
	KTEST_EXPECT_EQ(test, pool.frames, 4 * MIB / FRAME_SIZE);
	/* The table: 1024 bits, right behind the image. */
	KTEST_EXPECT_EQ(test, table_at, MIB + MIB / 2);
	expect_free(test, MIB + MIB / 2 + FRAME_SIZE, 4 * MIB);
	KTEST_EXPECT_EQ(test, table[4 * MIB / FRAME_SIZE / 64],
			0x5a5a5a5a5a5a5a5a);
}

static void frames_leave_out_loader_and_screen(struct ktest *test)
{
	info.loader_data = reserved(MIB + MIB / 2 + 10, 20);
	info.framebuffer.address = phys_addr(3 * MIB + 1);
	info.framebuffer.pitch = MIB / 2;
	info.framebuffer.height = 2;
	test_frames_init(&info);
	KTEST_EXPECT_EQ(test, table_at, MIB + MIB / 2 + FRAME_SIZE);
	expect_free(test, MIB + MIB / 2 + 2 * FRAME_SIZE, 3 * MIB);
}

static void frames_leave_out_modules(struct ktest *test)
{
	info.modules[0] = reserved(2 * MIB - 1, MIB);
	info.modules[1] = reserved(3 * MIB - 1, MIB + 1);
	info.module_count = 2;
	test_frames_init(&info);
	expect_free(test, MIB + MIB / 2 + FRAME_SIZE, 2 * MIB - FRAME_SIZE);
}

/* The firmware's first MiB, to the byte: here nothing else lies at its end. */
static void frames_leave_out_low_memory(struct ktest *test)
{
	info.range_count = 0;
	add(0, 3 * MIB, BOOT_RANGE_USABLE);
	info.image = reserved(2 * MIB, MIB);
	test_frames_init(&info);
	KTEST_EXPECT_EQ(test, table_at, MIB);
	expect_free(test, MIB + FRAME_SIZE, 2 * MIB);
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
	expect_free(test, MIB + MIB / 2 + FRAME_SIZE, 2 * MIB);
}

/* Only whole frames count. */
static void frames_of_odd_ranges(struct ktest *test)
{
	info.range_count = 0;
	add(2 * MIB + 1, MIB, BOOT_RANGE_USABLE);
	add(5 * MIB + 1, FRAME_SIZE, BOOT_RANGE_USABLE);
	add(6 * MIB, 100, BOOT_RANGE_USABLE);
	test_frames_init(&info);
	KTEST_EXPECT_EQ(test, pool.frames, 6 * MIB / FRAME_SIZE);
	KTEST_EXPECT_EQ(test, table_at, 2 * MIB + FRAME_SIZE);
	expect_free(test, 2 * MIB + 2 * FRAME_SIZE, 3 * MIB);
}

/* The table takes the first room; behind one thing in use may be another. */
static void frames_table_finds_room(struct ktest *test)
{
	info.range_count = 0;
	add(MIB, FRAME_SIZE, BOOT_RANGE_RESERVED);
	add(MIB + MIB / 2, 64, BOOT_RANGE_USABLE);
	add(2 * MIB, MIB, BOOT_RANGE_USABLE);
	info.modules[0] = reserved(2 * MIB, FRAME_SIZE);
	info.modules[1] = reserved(2 * MIB + FRAME_SIZE, 1);
	info.module_count = 2;
	test_frames_init(&info);
	KTEST_EXPECT_EQ(test, table_at, 2 * MIB + 2 * FRAME_SIZE);
	expect_free(test, 2 * MIB + 3 * FRAME_SIZE, 3 * MIB);
}

static void frames_table_avoids_reserved_ranges(struct ktest *test)
{
	info.range_count = 0;
	add(2 * MIB, MIB, BOOT_RANGE_USABLE);
	add(2 * MIB, 2 * FRAME_SIZE - 1, BOOT_RANGE_BAD);
	test_frames_init(&info);
	KTEST_EXPECT_EQ(test, table_at, 2 * MIB + 2 * FRAME_SIZE);
	expect_free(test, 2 * MIB + 3 * FRAME_SIZE, 3 * MIB);
}

static void frames_table_without_room(struct ktest *test)
{
	info.range_count = 0;

	add(MIB, MIB / 2, BOOT_RANGE_USABLE);
	KTEST_EXPECT_PANIC(test, test_frames_init(&info));
	/* Above what the provisional tables map there is none, either. */
	info.range_count = 0;
	add(BOOT_MAPPED_BYTES, MIB, BOOT_RANGE_USABLE);
	KTEST_EXPECT_PANIC(test, test_frames_init(&info));
}

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
	KTEST_EXPECT_EQ(test, last, 4 * MIB - FRAME_SIZE);
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

static void expect_no_frame(struct ktest *test, uint64_t address)
{
	KTEST_EXPECT_PANIC(test, test_frame_free(phys_addr(address)));
}

static void frames_know_what_they_gave(struct ktest *test)
{
	const uint64_t first = MIB + MIB / 2 + FRAME_SIZE;
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
	expect_no_frame(test, first + 8);
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
	test_frame_free(phys_addr(6 * MIB - FRAME_SIZE));
	KTEST_EXPECT_EQ(test, test_frames_available(), 3);
}

static const struct ktest_case frames_cases[] = {
	KTEST_CASE(frames_leave_out_what_is_in_use),
	KTEST_CASE(frames_leave_out_loader_and_screen),
	KTEST_CASE(frames_leave_out_modules),
	KTEST_CASE(frames_leave_out_low_memory),
	KTEST_CASE(frames_of_overlapping_ranges),
	KTEST_CASE(frames_of_odd_ranges),
	KTEST_CASE(frames_table_finds_room),
	KTEST_CASE(frames_table_avoids_reserved_ranges),
	KTEST_CASE(frames_table_without_room),
	KTEST_CASE(frames_are_handed_out_once),
	KTEST_CASE(frames_know_what_they_gave),
	KTEST_CASE(frames_that_are_not_whole),
};
KTEST_SUITE_WITH(frames, frames_cases, .parent = "mm", .setup = frames_prepare);
