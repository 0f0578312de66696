/* SPDX-License-Identifier: MIT */
/*
 * Tests of the reader of Multiboot2 information: each tag whole, each tag cut
 * short at every byte, and lies about sizes.
 */
#include "multiboot2.h"

#include <kernel/ktest.h>
#include <lib/string.h>

#include "boot_range_test.h"

enum {
	TAG_END = 0,
	TAG_LINE = 1,
	TAG_NAME = 2,
	TAG_MODULE = 3,
	TAG_MAP = 6,
	TAG_FRAMEBUFFER = 8,
	TAG_UNKNOWN = 77,
	DATA_BYTES = 16384,
	ENTRY_BYTES = 24,
};

static uint8_t data[DATA_BYTES] __aligned(8);
static size_t length;
static struct boot_info info;

static void multiboot2_prepare(struct ktest *test)
{
	(void)test;
	memset(data, 0xee, sizeof(data));
	memset(&info, 0xee, sizeof(info));
	length = 8;
}

static void put(uint64_t value, size_t bytes)
{
	for (size_t i = 0; i < bytes; i++)
		data[length++] = (uint8_t)(value >> 8 * i);
}

/* Tags begin at multiples of 8. */
static void tag(uint32_t type, uint32_t size)
{
	length = (length + 7) & ~7UL;
	put(type, 4);
	put(size, 4);
}

static void end(void)
{
	tag(TAG_END, 8);
}

static int parse(void)
{
	return multiboot2_parse(data, length, &info);
}

static void put_entry(uint64_t base, uint64_t size, uint32_t type)
{
	put(base, 8);
	put(size, 8);
	put(type, 4);
	put(0, 4);
}

static void map_tag(size_t entries)
{
	tag(TAG_MAP, (uint32_t)(16 + ENTRY_BYTES * entries));
	put(ENTRY_BYTES, 4);
	put(0, 4);
}

static void module_tag(uint32_t from, uint32_t to)
{
	tag(TAG_MODULE, 16);
	put(from, 4);
	put(to, 4);
}

static void framebuffer_tag(uint8_t type)
{
	tag(TAG_FRAMEBUFFER, 38);
	put(0xfd000000, 8);
	put(5120, 4);
	put(1280, 4);
	put(720, 4);
	put(32, 1);
	put(type, 1);
	put(0, 2);
	put(16, 1), put(8, 1);
	put(11, 1), put(6, 1);
	put(3, 1), put(5, 1);
}

/* ---- The whole ---------------------------------------------------------- */

static void multiboot2_size_has_bounds(struct ktest *test)
{
	static const uint32_t good[] = { 16, 17, 4096, 1024 * 1024 };
	static const uint32_t bad[] = { 0, 15, 1024 * 1024 + 1, UINT32_MAX };
	uint32_t header[2] = { 0, 0 };

	for (size_t i = 0; i < ARRAY_SIZE(good); i++) {
		header[0] = good[i];
		KTEST_EXPECT_EQ(test, multiboot2_size(header), good[i]);
	}
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		header[0] = bad[i];
		KTEST_EXPECT_EQ(test, multiboot2_size(header), 0);
	}
}

static void multiboot2_nothing_but_an_end(struct ktest *test)
{
	end();
	KTEST_EXPECT_EQ(test, parse(), 0);
	KTEST_EXPECT_EQ(test, info.range_count, 0);
	KTEST_EXPECT_EQ(test, info.ranges_dropped, 0);
	KTEST_EXPECT_EQ(test, info.module_count, 0);
	KTEST_EXPECT(test, !info.has_framebuffer);
	KTEST_EXPECT_STREQ(test, info.loader_name, "");
	KTEST_EXPECT_STREQ(test, info.command_line, "");
}

static void multiboot2_unknown_tags_are_passed(struct ktest *test)
{
	tag(TAG_UNKNOWN, 8);
	tag(TAG_UNKNOWN, 9);
	put(0, 1);
	tag(TAG_UNKNOWN, 15);
	put(0, 7);
	module_tag(0x100, 0x200);
	end();
	KTEST_EXPECT_EQ(test, parse(), 0);
	KTEST_EXPECT_EQ(test, info.module_count, 1);
}

/* What came before the fault is kept. */
static void multiboot2_without_an_end(struct ktest *test)
{
	KTEST_EXPECT_EQ(test, parse(), -EINVAL);
	module_tag(0x100, 0x200);
	KTEST_EXPECT_EQ(test, parse(), -EINVAL);
	KTEST_EXPECT_EQ(test, info.module_count, 1);
	length += 7;
	KTEST_EXPECT_EQ(test, parse(), -EINVAL);
	KTEST_EXPECT_EQ(test, multiboot2_parse(data, 0, &info), -EINVAL);
	KTEST_EXPECT_EQ(test, info.module_count, 0);
}

static void multiboot2_tags_that_do_not_fit(struct ktest *test)
{
	static const uint32_t sizes[] = { 0, 7, 17, UINT32_MAX };

	for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
		multiboot2_prepare(test);
		module_tag(0x100, 0x200);
		tag(TAG_UNKNOWN, sizes[i]);
		end();
		KTEST_EXPECT_EQ(test, parse(), -EINVAL);
		KTEST_EXPECT_EQ(test, info.module_count, 1);
	}
	/* What lies behind the information is no part of a tag. */
	multiboot2_prepare(test);
	module_tag(0x100, 0x200);
	KTEST_EXPECT_EQ(test, multiboot2_parse(data, length - 8, &info),
			-EINVAL);
	KTEST_EXPECT_EQ(test, info.module_count, 0);
	/* One that reaches to the last byte: then there is no end tag. */
	multiboot2_prepare(test);
	tag(TAG_UNKNOWN, 16);
	put(0, 8);
	KTEST_EXPECT_EQ(test, parse(), -EINVAL);
}

/* ---- Memory ------------------------------------------------------------- */

static void multiboot2_memory_map(struct ktest *test)
{
	map_tag(7);
	put_entry(0, 0x9fc00, 1);
	put_entry(0x9fc00, 0x400, 2);
	put_entry(0x100000, 0x7f00000, 1);
	put_entry(0x8000000, 0x1000, 3);
	put_entry(0x8001000, 0x1000, 4);
	put_entry(0x8002000, 0x1000, 5);
	put_entry(0x8003000, 0x1000, 6);
	end();
	KTEST_EXPECT_EQ(test, parse(), 0);
	KTEST_ASSERT_EQ(test, info.range_count, 7);
	expect_range(test, &info.ranges[0], 0, 0x9fc00, BOOT_RANGE_USABLE);
	expect_range(test, &info.ranges[1], 0x9fc00, 0x400,
		     BOOT_RANGE_RESERVED);
	expect_range(test, &info.ranges[2], 0x100000, 0x7f00000,
		     BOOT_RANGE_USABLE);
	expect_range(test, &info.ranges[3], 0x8000000, 0x1000, BOOT_RANGE_ACPI);
	expect_range(test, &info.ranges[4], 0x8001000, 0x1000,
		     BOOT_RANGE_ACPI_NVS);
	expect_range(test, &info.ranges[5], 0x8002000, 0x1000, BOOT_RANGE_BAD);
	expect_range(test, &info.ranges[6], 0x8003000, 0x1000,
		     BOOT_RANGE_RESERVED);
}

static void multiboot2_odd_types_are_reserved(struct ktest *test)
{
	map_tag(2);
	put_entry(0x1000, 0x1000, 0);
	put_entry(0x2000, 0x1000, UINT32_MAX);
	end();
	KTEST_EXPECT_EQ(test, parse(), 0);
	KTEST_ASSERT_EQ(test, info.range_count, 2);
	KTEST_EXPECT_EQ(test, info.ranges[0].kind, BOOT_RANGE_RESERVED);
	KTEST_EXPECT_EQ(test, info.ranges[1].kind, BOOT_RANGE_RESERVED);
}

static void multiboot2_ranges_are_cut_at_the_limit(struct ktest *test)
{
	map_tag(6);
	put_entry(0x1000, 0, 1);
	put_entry(BOOT_PHYS_LIMIT, 0x1000, 1);
	put_entry(BOOT_PHYS_LIMIT - 0x1000, 0x1000, 1);
	put_entry(BOOT_PHYS_LIMIT - 0x1000, 0x1001, 2);
	put_entry(0x2000, UINT64_MAX, 3);
	put_entry(UINT64_MAX, UINT64_MAX, 3);
	end();
	KTEST_EXPECT_EQ(test, parse(), 0);
	KTEST_ASSERT_EQ(test, info.range_count, 3);
	expect_range(test, &info.ranges[0], BOOT_PHYS_LIMIT - 0x1000, 0x1000,
		     BOOT_RANGE_USABLE);
	expect_range(test, &info.ranges[1], BOOT_PHYS_LIMIT - 0x1000, 0x1000,
		     BOOT_RANGE_RESERVED);
	expect_range(test, &info.ranges[2], 0x2000, BOOT_PHYS_LIMIT - 0x2000,
		     BOOT_RANGE_ACPI);
	KTEST_EXPECT_EQ(test, info.ranges_dropped, 0);
}

static void multiboot2_more_ranges_than_room(struct ktest *test)
{
	map_tag(BOOT_RANGES_MAX + 3);
	for (uint64_t i = 0; i < BOOT_RANGES_MAX + 3; i++)
		put_entry(i * 0x1000, 0x1000, 1);
	end();
	KTEST_EXPECT_EQ(test, parse(), 0);
	KTEST_EXPECT_EQ(test, info.range_count, BOOT_RANGES_MAX);
	KTEST_EXPECT_EQ(test, info.ranges_dropped, 3);
	KTEST_EXPECT_EQ(test, info.ranges[BOOT_RANGES_MAX - 1].base,
			(BOOT_RANGES_MAX - 1) * 0x1000);
	KTEST_EXPECT_EQ(test, info.module_count, 0);
}

/* Later versions of the specification may have longer entries. */
static void multiboot2_entries_of_other_sizes(struct ktest *test)
{
	tag(TAG_MAP, 16 + 2 * 32);
	put(32, 4);
	put(0, 4);
	put_entry(0x1000, 0x1000, 1);
	put(UINT64_MAX, 8);
	put_entry(0x5000, 0x2000, 2);
	put(UINT64_MAX, 8);
	end();
	KTEST_EXPECT_EQ(test, parse(), 0);
	KTEST_ASSERT_EQ(test, info.range_count, 2);
	expect_range(test, &info.ranges[1], 0x5000, 0x2000,
		     BOOT_RANGE_RESERVED);
	for (uint32_t size = 0; size < ENTRY_BYTES; size++) {
		multiboot2_prepare(test);
		tag(TAG_MAP, 16 + 48);
		put(size, 4);
		put(0, 4);
		put_entry(0x1000, 0x1000, 1);
		put_entry(0x2000, 0x1000, 1);
		end();
		KTEST_EXPECT_EQ(test, parse(), 0);
		KTEST_EXPECT_EQ(test, info.range_count, 0);
	}
	/* One so long that it passes the tag's end. */
	multiboot2_prepare(test);
	tag(TAG_MAP, 16 + 24);
	put(UINT32_MAX, 4);
	put(0, 4);
	put_entry(0x1000, 0x1000, 1);
	end();
	KTEST_EXPECT_EQ(test, parse(), 0);
	KTEST_EXPECT_EQ(test, info.range_count, 0);
}

/* A tag cut short has as many entries as are whole. */
static void multiboot2_map_cut_short(struct ktest *test)
{
	for (uint32_t size = 8; size <= 16 + 2 * ENTRY_BYTES; size++) {
		const size_t whole = size < 16 ? 0 : (size - 16) / ENTRY_BYTES;

		multiboot2_prepare(test);
		tag(TAG_MAP, size);
		put(ENTRY_BYTES, 4);
		put(0, 4);
		put_entry(0x1000, 0x1000, 1);
		put_entry(0x2000, 0x1000, 1);
		length = 8 + size;
		end();
		KTEST_EXPECT_EQ(test, parse(), 0);
		KTEST_EXPECT_EQ(test, info.range_count, whole);
	}
}

/* ---- Modules ------------------------------------------------------------ */

static void multiboot2_modules(struct ktest *test)
{
	module_tag(0x100000, 0x180000);
	module_tag(0x200000, 0x200000);
	module_tag(0x300000, 0x2fffff);
	module_tag(0x400000, 0x400001);
	tag(TAG_MODULE, 15);
	put(0x500000, 4);
	put(0x600000, 3);
	end();
	KTEST_EXPECT_EQ(test, parse(), 0);
	KTEST_ASSERT_EQ(test, info.module_count, 2);
	expect_range(test, &info.modules[0], 0x100000, 0x80000,
		     BOOT_RANGE_RESERVED);
	expect_range(test, &info.modules[1], 0x400000, 1, BOOT_RANGE_RESERVED);
}

static void fill_modules(void)
{
	for (uint32_t i = 0; i < BOOT_MODULES_MAX; i++)
		module_tag(0x100000 + i * 0x10000, 0x101000 + i * 0x10000);
}

/* The last range grows until it covers those that had no room. */
static void multiboot2_more_modules_than_room(struct ktest *test)
{
	const struct boot_range *last = &info.modules[BOOT_MODULES_MAX - 1];
	const uint32_t base = 0x100000 + (BOOT_MODULES_MAX - 1) * 0x10000;

	fill_modules();
	module_tag(base + 0x100, base + 0x200);
	end();
	KTEST_EXPECT_EQ(test, parse(), 0);
	KTEST_EXPECT_EQ(test, info.module_count, BOOT_MODULES_MAX);
	expect_range(test, last, base, 0x1000, BOOT_RANGE_RESERVED);

	multiboot2_prepare(test);
	fill_modules();
	module_tag(base + 0x800, base + 0x1800);
	module_tag(base - 0x800, base);
	end();
	KTEST_EXPECT_EQ(test, parse(), 0);
	KTEST_EXPECT_EQ(test, info.module_count, BOOT_MODULES_MAX);
	expect_range(test, last, base - 0x800, 0x2000, BOOT_RANGE_RESERVED);
	expect_range(test, last - 1, base - 0x10000, 0x1000,
		     BOOT_RANGE_RESERVED);
}

/* ---- Framebuffer and names ---------------------------------------------- */

static void multiboot2_framebuffer(struct ktest *test)
{
	const struct boot_framebuffer *fb = &info.framebuffer;

	framebuffer_tag(1);
	end();
	KTEST_EXPECT_EQ(test, parse(), 0);
	KTEST_ASSERT(test, info.has_framebuffer);
	KTEST_EXPECT_EQ(test, fb->address.value, 0xfd000000);
	KTEST_EXPECT_EQ(test, fb->pitch, 5120);
	KTEST_EXPECT_EQ(test, fb->width, 1280);
	KTEST_EXPECT_EQ(test, fb->height, 720);
	KTEST_EXPECT_EQ(test, fb->bits_per_pixel, 32);
	KTEST_EXPECT_EQ(test, fb->red.shift, 16);
	KTEST_EXPECT_EQ(test, fb->red.bits, 8);
	KTEST_EXPECT_EQ(test, fb->green.shift, 11);
	KTEST_EXPECT_EQ(test, fb->green.bits, 6);
	KTEST_EXPECT_EQ(test, fb->blue.shift, 3);
	KTEST_EXPECT_EQ(test, fb->blue.bits, 5);
}

static void multiboot2_framebuffer_of_other_kinds(struct ktest *test)
{
	static const uint8_t types[] = { 0, 2, 255 };

	for (size_t i = 0; i < ARRAY_SIZE(types); i++) {
		multiboot2_prepare(test);
		framebuffer_tag(types[i]);
		end();
		KTEST_EXPECT_EQ(test, parse(), 0);
		KTEST_EXPECT(test, !info.has_framebuffer);
	}
	for (uint8_t size = 8; size <= 40; size++) {
		multiboot2_prepare(test);
		framebuffer_tag(1);
		data[12] = size;
		length = 8 + size;
		end();
		KTEST_EXPECT_EQ(test, parse(), 0);
		KTEST_EXPECT_EQ(test, info.has_framebuffer, size >= 38);
	}
}

static void text_tag(uint32_t type, size_t characters, bool is_ended)
{
	tag(type, (uint32_t)(8 + characters + is_ended));
	for (size_t i = 0; i < characters; i++)
		put('a' + i % 26, 1);
	if (is_ended)
		put(0, 1);
}

/* A text of @wanted characters, of which @room - 1 are kept. */
static void expect_text(struct ktest *test, const char *text, size_t wanted,
			size_t room)
{
	const size_t kept = wanted < room ? wanted : room - 1;

	KTEST_EXPECT_EQ(test, strlen(text), kept);
	for (size_t i = 0; i < kept; i++)
		KTEST_EXPECT_EQ(test, text[i], 'a' + (char)(i % 26));
}

static void multiboot2_texts(struct ktest *test)
{
	static const size_t lengths[] = { 0,
					  1,
					  9,
					  BOOT_STRING_MAX - 2,
					  BOOT_STRING_MAX - 1,
					  BOOT_STRING_MAX,
					  BOOT_LINE_MAX - 2,
					  BOOT_LINE_MAX - 1,
					  BOOT_LINE_MAX,
					  BOOT_LINE_MAX + 50 };

	for (size_t i = 0; i < 2 * ARRAY_SIZE(lengths); i++) {
		const size_t wanted = lengths[i / 2];

		multiboot2_prepare(test);
		text_tag(TAG_NAME, wanted, i % 2);
		text_tag(TAG_LINE, wanted, i % 2);
		end();
		KTEST_EXPECT_EQ(test, parse(), 0);
		expect_text(test, info.loader_name, wanted, BOOT_STRING_MAX);
		expect_text(test, info.command_line, wanted, BOOT_LINE_MAX);
		KTEST_EXPECT_EQ(test, info.command_line_is_cut,
				wanted >= BOOT_LINE_MAX);
	}
}

/* A zero within the tag ends the name. */
static void multiboot2_loader_name_with_a_zero(struct ktest *test)
{
	tag(TAG_NAME, 8 + 6);
	put('G' | 'R' << 8 | 0 << 16 | 'x' << 24, 4);
	put(0, 2);
	end();
	KTEST_EXPECT_EQ(test, parse(), 0);
	KTEST_EXPECT_STREQ(test, info.loader_name, "GR");
}

/* Random bytes in a buffer of just their size: the sanitizer looks on. */
static void multiboot2_random_bytes(struct ktest *test)
{
	for (int round = 0; round < 2000; round++) {
		const size_t size = ktest_random(test) % 200;
		uint8_t *const start = data + DATA_BYTES - size;

		for (size_t i = 0; i < size; i++) {
			start[i] = (uint8_t)ktest_random(test);
			/* Mostly small numbers, or hardly a tag fits. */
			if (ktest_random(test) % 4 != 0)
				start[i] %= 2 + 22 * (i % 8 == 4);
		}
		multiboot2_parse(start, size, &info);
		KTEST_ASSERT_LE(test, info.range_count, BOOT_RANGES_MAX);
		KTEST_ASSERT_LE(test, info.module_count, BOOT_MODULES_MAX);
	}
}

/* Its fields would make a map of one entry. */
static void multiboot2_a_module_is_no_map(struct ktest *test)
{
	tag(TAG_MODULE, 16 + ENTRY_BYTES);
	put(ENTRY_BYTES, 4);
	put(0x100000, 4);
	put_entry(4096, 4096, 1);
	end();
	KTEST_EXPECT_EQ(test, parse(), 0);
	KTEST_EXPECT_EQ(test, info.module_count, 1);
	KTEST_EXPECT_EQ(test, info.range_count, 0);
}

static const struct ktest_case multiboot2_cases[] = {
	KTEST_CASE(multiboot2_size_has_bounds),
	KTEST_CASE(multiboot2_nothing_but_an_end),
	KTEST_CASE(multiboot2_unknown_tags_are_passed),
	KTEST_CASE(multiboot2_without_an_end),
	KTEST_CASE(multiboot2_tags_that_do_not_fit),
	KTEST_CASE(multiboot2_memory_map),
	KTEST_CASE(multiboot2_odd_types_are_reserved),
	KTEST_CASE(multiboot2_ranges_are_cut_at_the_limit),
	KTEST_CASE(multiboot2_more_ranges_than_room),
	KTEST_CASE(multiboot2_entries_of_other_sizes),
	KTEST_CASE(multiboot2_map_cut_short),
	KTEST_CASE(multiboot2_modules),
	KTEST_CASE(multiboot2_more_modules_than_room),
	KTEST_CASE(multiboot2_framebuffer),
	KTEST_CASE(multiboot2_framebuffer_of_other_kinds),
	KTEST_CASE(multiboot2_texts),
	KTEST_CASE(multiboot2_loader_name_with_a_zero),
	KTEST_CASE(multiboot2_random_bytes),
	KTEST_CASE(multiboot2_a_module_is_no_map),
};
KTEST_SUITE_WITH(multiboot2, multiboot2_cases, .parent = "arch",
		 .setup = multiboot2_prepare);
