/* SPDX-License-Identifier: MIT */
/*
 * Tests of the font's Unicode table: both formats, sequences, and tables that
 * are not what they should be.
 */
#include <kernel/ktest.h>
#include <lib/psf.h>
#include <lib/string.h>

enum {
	PSF1_TABLE = 4 + 256, /* 256 glyphs of a row each */
	PSF2_HEADER = 32,
	PSF2_GLYPHS = 3,
	PSF2_TABLE = PSF2_HEADER + PSF2_GLYPHS,
	ROOM = 300,
};

static uint8_t file[PSF1_TABLE + 4 * ROOM];
static size_t file_size;
static struct psf_character characters[ROOM];
static struct psf_unicode table;

static void put16(uint16_t unit)
{
	file[file_size++] = (uint8_t)unit;
	file[file_size++] = (uint8_t)(unit >> 8);
}

static void put_text(const char *text)
{
	while (*text != '\0')
		file[file_size++] = (uint8_t)*text++;
}

static void make_psf1(uint8_t mode)
{
	memset(file, 0, sizeof(file));
	file[0] = 0x36;
	file[1] = 0x04;
	file[2] = mode;
	file[3] = 1;
	file_size = PSF1_TABLE;
}

static void make_psf2(const char *text)
{
	static const uint8_t header[] = {
		0x72,
		0xb5,
		0x4a,
		0x86,
		[8] = PSF2_HEADER,
		[12] = 1,
		[16] = PSF2_GLYPHS,
		[20] = 1,
		[24] = 1,
		[28] = 8,
	};

	memset(file, 0, sizeof(file));
	memcpy(file, header, sizeof(header));
	file_size = PSF2_TABLE;
	put_text(text);
}

static size_t build(void)
{
	const size_t room = psf_unicode_room(file, file_size);

	memset(characters, 0xaa, sizeof(characters));
	psf_unicode_build(file, file_size, characters, room, &table);
	return room;
}

static int32_t glyph_of(uint32_t code_point)
{
	return psf_unicode_glyph(&table, code_point);
}

static void psf1_table_is_read(struct ktest *test)
{
	make_psf1(2);
	put16(0x263a);
	put16(0x41);
	put16(0xffff);
	put16(0xffff);
	put16(0x20);
	put16(0xffff);
	KTEST_EXPECT_EQ(test, build(), 3);
	KTEST_EXPECT_EQ(test, table.count, 3);
	KTEST_EXPECT(test, table.characters == characters);
	KTEST_EXPECT_EQ(test, glyph_of(0x41), 0);
	KTEST_EXPECT_EQ(test, glyph_of(0x263a), 0);
	KTEST_EXPECT_EQ(test, glyph_of(0x20), 2);
	KTEST_EXPECT_EQ(test, glyph_of(0x40), -ENOENT);
	KTEST_EXPECT_EQ(test, glyph_of(UINT32_MAX), -ENOENT);
}

/* Of a sequence nothing is taken, not even its first character. */
static void psf1_sequences_are_skipped(struct ktest *test)
{
	make_psf1(4);
	put16(0x61);
	put16(0xfffe);
	put16(0x62);
	put16(0x301);
	put16(0xfffe);
	put16(0x63);
	put16(0xffff);
	put16(0x64);
	KTEST_EXPECT_EQ(test, build(), 2);
	KTEST_EXPECT_EQ(test, glyph_of(0x61), 0);
	KTEST_EXPECT_EQ(test, glyph_of(0x62), -ENOENT);
	KTEST_EXPECT_EQ(test, glyph_of(0x63), -ENOENT);
	KTEST_EXPECT_EQ(test, glyph_of(0x64), 1);
}

static void psf1_odd_ends(struct ktest *test)
{
	make_psf1(0);
	put16(0x61);
	KTEST_EXPECT_EQ(test, build(), 0);
	make_psf1(2);
	KTEST_EXPECT_EQ(test, build(), 0);
	file[file_size++] = 0x61;
	KTEST_EXPECT_EQ(test, build(), 0);
	make_psf1(2);
	put16(0xd800);
	put16(0xdfff);
	put16(0xe000);
	put16(0xd7ff);
	KTEST_EXPECT_EQ(test, build(), 2);
	KTEST_EXPECT_EQ(test, glyph_of(0xd7ff), 0);
	KTEST_EXPECT_EQ(test, glyph_of(0xe000), 0);
}

/* Behind the last glyph's list. */
static void lists_of_no_glyph(struct ktest *test)
{
	make_psf1(2);
	for (int glyph = 0; glyph < 256; glyph++)
		put16(0xffff);
	put16(0x61);
	KTEST_EXPECT_EQ(test, build(), 0);
	make_psf2("a\xff"
		  "b\xff"
		  "c\xff"
		  "d\xff");
	KTEST_EXPECT_EQ(test, build(), 3);
	KTEST_EXPECT_EQ(test, glyph_of('c'), 2);
	KTEST_EXPECT_EQ(test, glyph_of('d'), -ENOENT);
}

static void psf2_table_is_read(struct ktest *test)
{
	make_psf2("A\xc3\xa4\xff"
		  "\xe2\x98\xba\xfe"
		  "e\xcc\x81\xfe"
		  "x\xff"
		  "\xf0\x9f\x98\x80\xf4\x8f\xbf\xbf\xff");
	KTEST_EXPECT_EQ(test, build(), 5);
	KTEST_EXPECT_EQ(test, glyph_of('A'), 0);
	KTEST_EXPECT_EQ(test, glyph_of(0xe4), 0);
	KTEST_EXPECT_EQ(test, glyph_of(0x263a), 1);
	KTEST_EXPECT_EQ(test, glyph_of('e'), -ENOENT);
	KTEST_EXPECT_EQ(test, glyph_of('x'), -ENOENT);
	KTEST_EXPECT_EQ(test, glyph_of(0x1f600), 2);
	KTEST_EXPECT_EQ(test, glyph_of(0x10ffff), 2);
	file[12] = 2;
	KTEST_EXPECT_EQ(test, build(), 0);
}

/* The edges of each length, in order: a glyph that claims them all. */
static void psf2_edges_of_utf8(struct ktest *test)
{
	static const uint32_t edges[] = { 0x01,   0x7f,    0x80,    0x7ff,
					  0x800,  0xd7ff,  0xe000,  0xfffd,
					  0xffff, 0x10000, 0x10ffff };

	make_psf2("\x01\x7f\xc2\x80\xdf\xbf\xe0\xa0\x80\xed\x9f\xbf\xee\x80\x80"
		  "\xef\xbf\xbd\xef\xbf\xbf\xf0\x90\x80\x80\xf4\x8f\xbf\xbf");
	KTEST_EXPECT_EQ(test, build(), ARRAY_SIZE(edges));
	for (size_t i = 0; i < ARRAY_SIZE(edges) && i < table.count; i++)
		KTEST_EXPECT_EQ(test, table.characters[i].code_point, edges[i]);
}

/* Too long for what it says, half a surrogate pair, too large, cut off: what
 * stands behind it is read all the same. */
static void psf2_that_is_no_utf8(struct ktest *test)
{
	static const char *const bad[] = { "\x80",
					   "\xbf",
					   "\xfd",
					   "\xc3",
					   "\xe2\x98",
					   "\xf0\x9f\x98",
					   "\xc0\x80",
					   "\xc1\xbf",
					   "\xe0\x9f\xbf",
					   "\xed\xa0\x80",
					   "\xed\xbf\xbf",
					   "\xf0\x8f\xbf\xbf",
					   "\xf4\x90\x80\x80",
					   "\xf5\x80\x80\x80" };

	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		make_psf2(bad[i]);
		put_text("z\xff");
		KTEST_EXPECT_EQ(test, build(), 1);
		KTEST_EXPECT_EQ(test, glyph_of('z'), 0);
		make_psf2("z");
		put_text(bad[i]);
		KTEST_EXPECT_EQ(test, build(), 1);
	}
}

/* A mark within a character counts as the mark. */
static void psf2_cut_by_a_mark(struct ktest *test)
{
	make_psf2("\xe2\x98\xff"
		  "a\xc3\xfe"
		  "b\xff"
		  "c");
	KTEST_EXPECT_EQ(test, build(), 2);
	KTEST_EXPECT_EQ(test, glyph_of('a'), 1);
	KTEST_EXPECT_EQ(test, glyph_of('b'), -ENOENT);
	KTEST_EXPECT_EQ(test, glyph_of('c'), 2);
}

static void first_glyph_wins(struct ktest *test)
{
	make_psf2("ba\xff"
		  "ab\xff"
		  "caba");
	KTEST_EXPECT_EQ(test, build(), 8);
	KTEST_EXPECT_EQ(test, table.count, 3);
	KTEST_EXPECT_EQ(test, glyph_of('a'), 0);
	KTEST_EXPECT_EQ(test, glyph_of('b'), 0);
	KTEST_EXPECT_EQ(test, glyph_of('c'), 2);
}

/* With too little room the table's beginning is there, and nothing is written
 * behind it. */
static void room_is_kept(struct ktest *test)
{
	make_psf2("dcba");
	for (size_t room = 0; room <= 4; room++) {
		memset(characters, 0xaa, sizeof(characters));
		psf_unicode_build(file, file_size, characters, room, &table);
		KTEST_EXPECT_EQ(test, table.count, room);
		KTEST_EXPECT_EQ(test, glyph_of('d'), room > 0 ? 0 : -ENOENT);
		KTEST_EXPECT_EQ(test, glyph_of('a'), room > 3 ? 0 : -ENOENT);
		KTEST_EXPECT_EQ(test, characters[room].code_point, 0xaaaaaaaa);
	}
}

static void no_font_no_table(struct ktest *test)
{
	make_psf2("a");
	file[0] = 0;
	KTEST_EXPECT_EQ(test, build(), 0);
	KTEST_EXPECT_EQ(test, table.count, 0);
	KTEST_EXPECT_EQ(test, glyph_of('a'), -ENOENT);
	KTEST_EXPECT_EQ(test, psf_unicode_room(file, 0), 0);
}

/* Any order, any number: each is found, and none that is not there. */
static void found_in_any_order(struct ktest *test)
{
	for (int round = 0; round < 20; round++) {
		const uint32_t count = ktest_random(test) % ROOM;
		/* Odd, so that it takes each number once. */
		const uint32_t step = ktest_random(test) | 1;

		make_psf1(2);
		for (uint32_t i = 0; i < count; i++)
			put16((uint16_t)(0x100 + 2 * (i * step % 512)));
		KTEST_ASSERT_EQ(test, build(), count);
		KTEST_EXPECT_EQ(test, table.count, count);
		for (uint32_t i = 0; i < count; i++) {
			const uint32_t even = 0x100 + 2 * (i * step % 512);

			KTEST_EXPECT_EQ(test, glyph_of(even), 0);
			KTEST_EXPECT_EQ(test, glyph_of(even + 1), -ENOENT);
		}
	}
}

static const struct ktest_case psf_unicode_cases[] = {
	KTEST_CASE(psf1_table_is_read),
	KTEST_CASE(psf1_sequences_are_skipped),
	KTEST_CASE(psf1_odd_ends),
	KTEST_CASE(lists_of_no_glyph),
	KTEST_CASE(psf2_table_is_read),
	KTEST_CASE(psf2_edges_of_utf8),
	KTEST_CASE(psf2_that_is_no_utf8),
	KTEST_CASE(psf2_cut_by_a_mark),
	KTEST_CASE(first_glyph_wins),
	KTEST_CASE(room_is_kept),
	KTEST_CASE(no_font_no_table),
	KTEST_CASE(found_in_any_order),
};
KTEST_SUITE_WITH(psf_unicode, psf_unicode_cases, .parent = "lib");
