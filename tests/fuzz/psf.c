/* SPDX-License-Identifier: MIT */
/*
 * Fonts: what psf_parse() accepts lies within the file, and can be drawn; the
 * index of the table has what a second reading of the table finds, no more.
 */
#include "fuzz.h"

#include "../../drivers/video/surface_glyph.c"
#include "../../drivers/video/surface_rect.c"
#include "../../lib/psf.c"
#include "../../lib/psf_unicode.c"

enum {
	SIDE = 24,
};

static uint32_t pixels[SIDE * SIDE];

static const struct surface surface = {
	.pixels = (uint8_t *)pixels,
	.width = SIDE,
	.height = SIDE,
	.pitch = SIDE * sizeof(uint32_t),
	.bytes_per_pixel = 4,
	.red = { 16, 8 },
	.green = { 8, 8 },
	.blue = { 0, 8 },
};

/* The first and last glyphs, whole and cut, and one that the font lacks. */
static void draw(const struct psf *psf)
{
	const struct font font = {
		.width = psf->width,
		.height = psf->height,
		.glyph_count = psf->glyph_count,
		.bytes_per_glyph = psf->bytes_per_glyph,
		.bitmap = psf->bitmap,
	};
	const int32_t right = SIDE - (int32_t)psf->width;
	const int32_t bottom = SIDE - (int32_t)psf->height;

	surface_draw_glyph(&surface, (struct point){ 0, 0 }, &font, 0, 0xffffff,
			   0);
	surface_draw_glyph(&surface, (struct point){ right, bottom }, &font,
			   psf->glyph_count - 1, 0xffffff, 0);
	surface_draw_glyph(&surface, (struct point){ 5, -3 }, &font,
			   psf->glyph_count, 0xffffff, 0);
}

/* The length of the character in UTF-8 at @at, decoded, or 0 where none is. */
static size_t decode(const uint8_t *at, size_t size, uint32_t *code_point)
{
	static const struct {
		uint8_t mask, head;
		uint32_t least, most;
	} forms[] = { { 0x80, 0x00, 0, 0x7f },
		      { 0xe0, 0xc0, 0x80, 0x7ff },
		      { 0xf0, 0xe0, 0x800, 0xffff },
		      { 0xf8, 0xf0, 0x10000, 0x10ffff } };

	for (size_t more = 0; more < 4 && more < size; more++) {
		uint32_t number = at[0] & (uint8_t)~forms[more].mask;

		if ((at[0] & forms[more].mask) != forms[more].head)
			continue;
		for (size_t i = 1; i <= more; i++) {
			if (at[i] >> 6 != 2)
				return 0;
			number = number * 64 + at[i] % 64;
		}
		*code_point = number;
		return number >= forms[more].least &&
				       number <= forms[more].most &&
				       (number < 0xd800 || number >= 0xe000)
			       ? more + 1
			       : 0;
	}
	return 0;
}

/* One that stands in a list before its first sequence: the glyph, or -ENOENT.
 * Where a character is broken off, reading goes on at the next byte that could
 * begin one, which is where the broken one ends, too. */
static int32_t search(const struct psf *psf, const uint8_t *end, bool is_psf2,
		      uint32_t wanted)
{
	const uint8_t *at =
		psf->bitmap + (size_t)psf->glyph_count * psf->bytes_per_glyph;
	const ptrdiff_t unit = is_psf2 ? 1 : 2;
	bool in_sequence = false;
	uint32_t glyph = 0;

	while (end - at >= unit && glyph < psf->glyph_count) {
		uint32_t number = at[0];
		size_t length = (size_t)unit;

		if (!is_psf2)
			number |= (uint32_t)at[1] << 8;
		if (number == (is_psf2 ? 0xffU : 0xffffU)) {
			glyph++;
			in_sequence = false;
		} else if (number == (is_psf2 ? 0xfeU : 0xfffeU)) {
			in_sequence = true;
		} else if (is_psf2) {
			length = decode(at, (size_t)(end - at), &number);
			if (length > 0 && !in_sequence && number == wanted)
				return (int32_t)glyph;
		} else if (!in_sequence && number == wanted &&
			   (number < 0xd800 || number >= 0xe000)) {
			return (int32_t)glyph;
		}
		at += length > 0 ? length : 1;
	}
	return -ENOENT;
}

static void check_table(const uint8_t *data, size_t size, const struct psf *psf)
{
	const bool is_psf2 = data[0] == 0x72;
	const bool has_table = is_psf2 ? data[12] & 1 : (data[2] & 6) != 0;
	const size_t room = psf_unicode_room(data, size);
	struct psf_character *list = malloc(room * sizeof(*list));
	struct psf_unicode index;

	FUZZ_CHECK(has_table || room == 0);
	psf_unicode_build(data, size, list, room, &index);
	FUZZ_CHECK(index.count <= room && (index.count > 0) == (room > 0));
	for (size_t i = 0; i < index.count; i++) {
		const struct psf_character *one = &index.characters[i];

		FUZZ_CHECK(i == 0 || one[-1].code_point < one->code_point);
		FUZZ_CHECK(one->code_point <= 0x10ffff);
		FUZZ_CHECK(one->glyph < psf->glyph_count);
		FUZZ_CHECK(psf_unicode_glyph(&index, one->code_point) ==
			   (int32_t)one->glyph);
	}
	for (uint32_t code = 0; has_table && code < 0x20000; code += 0x1035)
		FUZZ_CHECK(psf_unicode_glyph(&index, code) ==
			   search(psf, data + size, is_psf2, code));
	for (size_t i = 0; i < index.count && i < 50; i++)
		FUZZ_CHECK((int32_t)index.characters[i].glyph ==
			   search(psf, data + size, is_psf2,
				  index.characters[i].code_point));
	free(list);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct psf untouched = { .width = 12345 };
	struct psf psf = untouched;
	uint64_t bytes;

	if (psf_parse(data, size, &psf) != 0) {
		FUZZ_CHECK(psf.width == untouched.width && psf.bitmap == NULL);
		return 0;
	}
	bytes = (uint64_t)psf.glyph_count * psf.bytes_per_glyph;
	FUZZ_CHECK(psf.width >= 1 && psf.width <= PSF_SIDE_MAX);
	FUZZ_CHECK(psf.height >= 1 && psf.height <= PSF_SIDE_MAX);
	FUZZ_CHECK(psf.glyph_count >= 1 && psf.glyph_count <= PSF_GLYPHS_MAX);
	FUZZ_CHECK(psf.bytes_per_glyph >= (psf.width + 7) / 8 * psf.height);
	FUZZ_CHECK(psf.bitmap > data && psf.bitmap <= data + size);
	FUZZ_CHECK(bytes <= (size_t)(data + size - psf.bitmap));
	draw(&psf);
	check_table(data, size, &psf);
	return 0;
}
