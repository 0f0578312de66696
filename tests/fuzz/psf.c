/* SPDX-License-Identifier: MIT */
/*
 * Fonts: what psf_parse() accepts lies within the file, and can be drawn.
 */
#include "fuzz.h"

#include "../../drivers/video/surface_glyph.c"
#include "../../drivers/video/surface_rect.c"
#include "../../lib/psf.c"

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
	return 0;
}
