/* SPDX-License-Identifier: MIT */
/*
 * Tests of the picture's header: whole files, files cut short, comments, and
 * headers that lie.
 */
#include <kernel/ktest.h>
#include <lib/ppm.h>
#include <lib/string.h>

enum {
	FILE_BYTES = 160,
	PIXEL = 0x77,
};

static uint8_t file[FILE_BYTES];
static struct ppm ppm;

/* A header and, from behind it to the end of the array, pixels: the length of
 * the header. */
static size_t make(const char *header)
{
	const size_t length = strlen(header);

	memset(file, PIXEL, sizeof(file));
	memcpy(file, header, length);
	ppm = (struct ppm){ .width = 4711 };
	return length;
}

static void expect_refused(struct ktest *test, size_t size)
{
	KTEST_EXPECT_EQ(test, ppm_parse(file, size, &ppm), -EINVAL);
	KTEST_EXPECT_EQ(test, ppm.width, 4711);
}

/* What is wrong at any length of the file. */
static void expect_wrong(struct ktest *test, const char *header)
{
	make(header);
	for (size_t size = 0; size <= FILE_BYTES; size++)
		expect_refused(test, size);
}

static void ppm_is_read(struct ktest *test)
{
	const size_t length = make("P6\n5 3\n255\n");

	for (size_t size = 0; size < length + 45; size++)
		expect_refused(test, size);
	KTEST_ASSERT_EQ(test, ppm_parse(file, length + 45, &ppm), 0);
	KTEST_EXPECT_EQ(test, ppm.width, 5);
	KTEST_EXPECT_EQ(test, ppm.height, 3);
	KTEST_EXPECT_EQ(test, ppm.maximum, 255);
	KTEST_EXPECT(test, ppm.pixels == file + length);
	KTEST_EXPECT_EQ(test, ppm_parse(file, FILE_BYTES, &ppm), 0);
}

static void ppm_white_space(struct ktest *test)
{
	size_t length = make("P6 \t\r\n\v\f 7 2 9 ");

	KTEST_EXPECT_EQ(test, ppm_parse(file, length + 42, &ppm), 0);
	KTEST_EXPECT_EQ(test, ppm.maximum, 9);
	KTEST_EXPECT(test, ppm.pixels == file + length);
	/* The second blank is the first pixel. */
	length = make("P6 1 1 1  ");
	KTEST_EXPECT_EQ(test, ppm_parse(file, length + 3, &ppm), 0);
	KTEST_EXPECT(test, ppm.pixels == file + length - 1);
}

static void ppm_comments(struct ktest *test)
{
	size_t length = make("P6# 9\n# 8 8\r#\n2#\n1 # more\n\n3\n");

	KTEST_ASSERT_EQ(test, ppm_parse(file, length + 6, &ppm), 0);
	KTEST_EXPECT_EQ(test, ppm.width, 2);
	KTEST_EXPECT_EQ(test, ppm.height, 1);
	KTEST_EXPECT_EQ(test, ppm.maximum, 3);
	KTEST_EXPECT(test, ppm.pixels == file + length);
	/* Behind the last number there is none. */
	expect_wrong(test, "P6 2 1 3#\n");
	expect_wrong(test, "P6 2 1 # 255");
	expect_wrong(test, "P6 2#1 1 255\n");
}

static void ppm_that_is_none(struct ktest *test)
{
	static const char *const wrong[] = { "",
					     "P5 1 1 255\n",
					     "P3 1 1 255\n",
					     "p6 1 1 255\n",
					     "Q6 1 1 255\n",
					     "P61 1 1 255\n",
					     "P6 0 1 255\n",
					     "P6 1 0 255\n",
					     "P6 1 1 0\n",
					     "P6 1 1 256\n",
					     "P6 1 1 65535\n",
					     "P6 -1 1 255\n",
					     "P6 1 x 255\n",
					     "P6 16385 1 255\n",
					     "P6 1 16385 255\n",
					     "P6 1 1 255x",
					     "P6 4294967297 1 255\n" };

	for (size_t i = 0; i < ARRAY_SIZE(wrong); i++)
		expect_wrong(test, wrong[i]);
}

/* The sides may be as large as that; then it is the pixels that are missing. */
static void ppm_limits(struct ktest *test)
{
	expect_wrong(test, "P6 16384 16384 255\n");
	make("P6 16384 1 255\n");
	KTEST_EXPECT_EQ(test, ppm_parse(file, 15 + 3 * 16384, &ppm), 0);
	KTEST_EXPECT_EQ(test, ppm.width, 16384);
	make("P6 1 16384 255\n");
	KTEST_EXPECT_EQ(test, ppm_parse(file, 15 + 3 * 16384, &ppm), 0);
	KTEST_EXPECT_EQ(test, ppm.height, 16384);
}

static const struct ktest_case ppm_cases[] = {
	KTEST_CASE(ppm_is_read),  KTEST_CASE(ppm_white_space),
	KTEST_CASE(ppm_comments), KTEST_CASE(ppm_that_is_none),
	KTEST_CASE(ppm_limits),
};
KTEST_SUITE_WITH(ppm, ppm_cases, .parent = "lib");
