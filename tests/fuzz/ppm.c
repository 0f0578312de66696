/* SPDX-License-Identifier: MIT */
/*
 * Pictures: what ppm_parse() accepts lies within the file, is what the host's
 * libc reads there, and can be drawn, clipped anywhere.
 */
#include "fuzz.h"

#include "../../drivers/video/surface_image.c"
#include "../../drivers/video/surface_rect.c"
#include "../../lib/ppm.c"
#include <string.h>

enum {
	SIDE = 24,
	BORDER = 64,
	TEXT_MAX = 4096,
};

static uint32_t pixels[SIDE * SIDE + 2 * BORDER];

/* The numbers of the header by sscanf(), after comments became line feeds; the
 * length of the header, or 0 where there is none. */
static size_t read_header(const uint8_t *data, size_t size, unsigned long *all)
{
	char text[TEXT_MAX + 1] = { 0 };
	bool in_comment = false;
	int length = 0;

	for (size_t i = 0; i < size && i < TEXT_MAX; i++) {
		in_comment |= data[i] == '#';
		if (data[i] == '\n' || data[i] == '\r')
			in_comment = false;
		text[i] = in_comment ? ' ' : (char)data[i];
	}
	if (sscanf(text,
		   "P6%*1[ \t\r\n\v\f]%lu%*1[ \t\r\n\v\f]%lu"
		   "%*1[ \t\r\n\v\f]%lu%n",
		   &all[0], &all[1], &all[2], &length) != 3)
		return 0;
	return (size_t)length + 1;
}

static void draw(const struct ppm *ppm, struct fuzz_input *input)
{
	const struct surface surface = {
		.pixels = (uint8_t *)&pixels[BORDER],
		.width = SIDE,
		.height = SIDE,
		.pitch = SIDE * sizeof(uint32_t),
		.bytes_per_pixel = 4,
		.red = { 16, 8 },
		.green = { 8, 8 },
		.blue = { 0, 8 },
	};
	const struct image image = { ppm->width, ppm->height, ppm->maximum,
				     ppm->pixels };
	const struct point at = { fuzz_coordinate(input, SIDE),
				  fuzz_coordinate(input, SIDE) };
	const struct rect part = { fuzz_coordinate(input, ppm->width),
				   fuzz_coordinate(input, ppm->height),
				   (uint32_t)fuzz_number(input, 4),
				   (uint32_t)fuzz_number(input, 4) };

	memset(pixels, 0x5a, sizeof(pixels));
	surface_draw_image(&surface, at, &image, part);
	for (size_t i = 0; i < BORDER; i++) {
		FUZZ_CHECK(pixels[i] == 0x5a5a5a5a);
		FUZZ_CHECK(pixels[BORDER + SIDE * SIDE + i] == 0x5a5a5a5a);
	}
	for (int64_t i = 0; i < (int64_t)SIDE * SIDE; i++) {
		const int64_t right = i % SIDE - at.x, down = i / SIDE - at.y;
		const int64_t x = part.x + right, y = part.y + down;
		const bool is_inside = right >= 0 && right < part.width &&
				       down >= 0 && down < part.height &&
				       x >= 0 && x < ppm->width && y >= 0 &&
				       y < ppm->height;

		FUZZ_CHECK((pixels[BORDER + i] != 0x5a5a5a5a) == is_inside);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ppm ppm = { .width = 12345 };
	unsigned long numbers[3] = { 0 };
	size_t header;

	if (ppm_parse(data, size, &ppm) != 0) {
		FUZZ_CHECK(ppm.width == 12345);
		return 0;
	}
	header = (size_t)(ppm.pixels - data);
	FUZZ_CHECK(header <= size);
	FUZZ_CHECK((uint64_t)ppm.width * ppm.height * 3 <= size - header);
	FUZZ_CHECK(ppm.maximum >= 1 && ppm.maximum <= 255);
	if (header < TEXT_MAX) {
		FUZZ_CHECK(read_header(data, header, numbers) == header);
		FUZZ_CHECK(numbers[0] == ppm.width && numbers[1] == ppm.height);
		FUZZ_CHECK(numbers[2] == ppm.maximum);
	}
	draw(&ppm, &(struct fuzz_input){ ppm.pixels, size - header });
	return 0;
}
