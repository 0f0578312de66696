/* SPDX-License-Identifier: MIT */
/*
 * Tests of the font file's header: whole files, files cut short, and headers
 * that lie.
 */
#include <kernel/ktest.h>
#include <lib/psf.h>
#include <lib/string.h>

enum {
	PSF1_HEADER = 4,
	PSF2_HEADER = 32,
	FILE_BYTES = PSF1_HEADER + 512 * 16,
};

/* Numbers of a PSF2 header, by their place in it. */
enum field {
	FIELD_VERSION = 1,
	FIELD_HEADER_SIZE,
	FIELD_FLAGS,
	FIELD_GLYPHS,
	FIELD_GLYPH_BYTES,
	FIELD_HEIGHT,
	FIELD_WIDTH,
};

static uint8_t file[FILE_BYTES];
static struct psf psf;

static void psf_prepare(struct ktest *test)
{
	(void)test;
	memset(file, 0xff, sizeof(file));
	psf = (struct psf){ .width = 4711 };
}

static void put32(size_t at, uint32_t value)
{
	for (size_t i = 0; i < 4; i++)
		file[at + i] = (uint8_t)(value >> 8 * i);
}

static void set(enum field field, uint32_t value)
{
	put32(4 * (size_t)field, value);
}

static void make_psf1(uint8_t mode, uint8_t height)
{
	file[0] = 0x36;
	file[1] = 0x04;
	file[2] = mode;
	file[3] = height;
}

/* 10 x 3 pixels, 5 glyphs of 6 bytes: 30 bytes behind the header. */
static void make_psf2(void)
{
	put32(0, 0x864ab572);
	set(FIELD_VERSION, 0);
	set(FIELD_HEADER_SIZE, PSF2_HEADER);
	set(FIELD_FLAGS, 0);
	set(FIELD_GLYPHS, 5);
	set(FIELD_GLYPH_BYTES, 6);
	set(FIELD_HEIGHT, 3);
	set(FIELD_WIDTH, 10);
}

static void expect_refused(struct ktest *test, size_t size)
{
	psf = (struct psf){ .width = 4711 };
	KTEST_EXPECT_EQ(test, psf_parse(file, size, &psf), -EINVAL);
	KTEST_EXPECT_EQ(test, psf.width, 4711);
}

static void psf1_is_read(struct ktest *test)
{
	make_psf1(0, 16);
	KTEST_ASSERT_EQ(test, psf_parse(file, PSF1_HEADER + 256 * 16, &psf), 0);
	KTEST_EXPECT_EQ(test, psf.width, 8);
	KTEST_EXPECT_EQ(test, psf.height, 16);
	KTEST_EXPECT_EQ(test, psf.glyph_count, 256);
	KTEST_EXPECT_EQ(test, psf.bytes_per_glyph, 16);
	KTEST_EXPECT(test, psf.bitmap == file + PSF1_HEADER);
	expect_refused(test, PSF1_HEADER + 256 * 16 - 1);
}

/* Other bits of the mode tell of a table behind the glyphs. */
static void psf1_of_512_glyphs(struct ktest *test)
{
	make_psf1(1, 16);
	KTEST_ASSERT_EQ(test, psf_parse(file, PSF1_HEADER + 512 * 16, &psf), 0);
	KTEST_EXPECT_EQ(test, psf.glyph_count, 512);
	expect_refused(test, PSF1_HEADER + 512 * 16 - 1);
	make_psf1(6, 16);
	KTEST_EXPECT_EQ(test, psf_parse(file, sizeof(file), &psf), 0);
	KTEST_EXPECT_EQ(test, psf.glyph_count, 256);
}

static void psf1_that_lies(struct ktest *test)
{
	make_psf1(0, 0);
	expect_refused(test, sizeof(file));
	make_psf1(0, 8);
	for (size_t size = 0; size <= PSF1_HEADER; size++)
		expect_refused(test, size);
	file[1] = 0x05;
	expect_refused(test, sizeof(file));
	file[1] = 0x04;
	file[0] = 0x37;
	expect_refused(test, sizeof(file));
}

static void psf2_is_read(struct ktest *test)
{
	make_psf2();
	KTEST_ASSERT_EQ(test, psf_parse(file, PSF2_HEADER + 30, &psf), 0);
	KTEST_EXPECT_EQ(test, psf.width, 10);
	KTEST_EXPECT_EQ(test, psf.height, 3);
	KTEST_EXPECT_EQ(test, psf.glyph_count, 5);
	KTEST_EXPECT_EQ(test, psf.bytes_per_glyph, 6);
	KTEST_EXPECT(test, psf.bitmap == file + PSF2_HEADER);
	for (size_t size = 0; size < PSF2_HEADER + 30; size++)
		expect_refused(test, size);
}

/* The glyphs may be larger than their rows, and the header than its fields. */
static void psf2_with_room_to_spare(struct ktest *test)
{
	make_psf2();
	set(FIELD_HEADER_SIZE, 40);
	set(FIELD_GLYPH_BYTES, 7);
	set(FIELD_FLAGS, 1);
	KTEST_ASSERT_EQ(test, psf_parse(file, 40 + 35, &psf), 0);
	KTEST_EXPECT(test, psf.bitmap == file + 40);
	KTEST_EXPECT_EQ(test, psf.bytes_per_glyph, 7);
	expect_refused(test, 40 + 34);
}

/* Rows are whole bytes: 9 pixels take two, 8 take one. */
static void psf2_rows_are_bytes(struct ktest *test)
{
	make_psf2();
	set(FIELD_WIDTH, 8);
	set(FIELD_GLYPH_BYTES, 3);
	KTEST_EXPECT_EQ(test, psf_parse(file, sizeof(file), &psf), 0);
	set(FIELD_WIDTH, 9);
	set(FIELD_GLYPH_BYTES, 5);
	expect_refused(test, sizeof(file));
	set(FIELD_GLYPH_BYTES, 6);
	KTEST_EXPECT_EQ(test, psf_parse(file, sizeof(file), &psf), 0);
	set(FIELD_WIDTH, 1);
	set(FIELD_GLYPH_BYTES, 2);
	expect_refused(test, sizeof(file));
}

/* A field with this value is refused, whatever the others say. */
static const struct {
	enum field field;
	uint32_t value;
} lies[] = {
	{ FIELD_VERSION, 1 },
	{ FIELD_VERSION, 0x01000000 },
	{ FIELD_HEADER_SIZE, 0 },
	{ FIELD_HEADER_SIZE, PSF2_HEADER - 1 },
	{ FIELD_HEADER_SIZE, FILE_BYTES + 1 },
	{ FIELD_HEADER_SIZE, UINT32_MAX },
	{ FIELD_GLYPHS, 0 },
	{ FIELD_GLYPHS, UINT32_MAX },
	{ FIELD_GLYPH_BYTES, 0 },
	{ FIELD_GLYPH_BYTES, 5 },
	{ FIELD_GLYPH_BYTES, UINT32_MAX },
	{ FIELD_HEIGHT, 0 },
	{ FIELD_HEIGHT, PSF_SIDE_MAX + 1 },
	{ FIELD_HEIGHT, UINT32_MAX },
	{ FIELD_WIDTH, 0 },
	{ FIELD_WIDTH, PSF_SIDE_MAX + 1 },
	{ FIELD_WIDTH, UINT32_MAX },
};

static void psf2_that_lies(struct ktest *test)
{
	for (size_t i = 0; i < ARRAY_SIZE(lies); i++) {
		make_psf2();
		set(lies[i].field, lies[i].value);
		expect_refused(test, sizeof(file));
	}
	make_psf2();
	put32(0, 0x864ab573);
	expect_refused(test, sizeof(file));
	put32(0, 0x064ab572);
	expect_refused(test, sizeof(file));
}

/* The largest that is taken; the size is claimed, nothing of it is read. */
static void psf2_limits(struct ktest *test)
{
	const size_t size = (size_t)PSF_GLYPHS_MAX * 16 * PSF_SIDE_MAX;

	make_psf2();
	set(FIELD_WIDTH, PSF_SIDE_MAX);
	set(FIELD_HEIGHT, PSF_SIDE_MAX);
	set(FIELD_GLYPH_BYTES, 16 * PSF_SIDE_MAX);
	set(FIELD_GLYPHS, PSF_GLYPHS_MAX);
	KTEST_EXPECT_EQ(test, psf_parse(file, PSF2_HEADER + size, &psf), 0);
	expect_refused(test, PSF2_HEADER + size - 1);
	set(FIELD_GLYPHS, PSF_GLYPHS_MAX + 1);
	expect_refused(test, PSF2_HEADER + 2 * size);
	/* A product that does not fit 32 bits. */
	set(FIELD_GLYPHS, PSF_GLYPHS_MAX);
	set(FIELD_GLYPH_BYTES, 0x10000);
	expect_refused(test, sizeof(file));
}

/* Header of exactly the file's size: then there are no glyphs. */
static void psf2_header_alone(struct ktest *test)
{
	make_psf2();
	set(FIELD_HEADER_SIZE, 64);
	expect_refused(test, 64);
	expect_refused(test, 63);
}

static const struct ktest_case psf_cases[] = {
	KTEST_CASE(psf1_is_read),
	KTEST_CASE(psf1_of_512_glyphs),
	KTEST_CASE(psf1_that_lies),
	KTEST_CASE(psf2_is_read),
	KTEST_CASE(psf2_with_room_to_spare),
	KTEST_CASE(psf2_rows_are_bytes),
	KTEST_CASE(psf2_that_lies),
	KTEST_CASE(psf2_limits),
	KTEST_CASE(psf2_header_alone),
};
KTEST_SUITE_WITH(psf, psf_cases, .parent = "lib", .setup = psf_prepare);
