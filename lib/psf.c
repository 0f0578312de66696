/* SPDX-License-Identifier: MIT */
/*
 * The header of PC screen fonts, PURE. Layouts: psf_format.h.
 */
#include <kernel/errno.h>
#include <lib/psf.h>

#include "psf_format.h"

static uint32_t read32(const uint8_t *bytes)
{
	return bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
	       (uint32_t)bytes[3] << 24;
}

/* Do the glyphs make sense, and lie in the @size bytes from psf->bitmap on? */
static int psf_check(const struct psf *psf, size_t size)
{
	uint64_t row_bytes = ((uint64_t)psf->width + 7) / 8;

	if (psf->width == 0 || psf->width > PSF_SIDE_MAX || psf->height == 0 ||
	    psf->height > PSF_SIDE_MAX || psf->glyph_count == 0 ||
	    psf->glyph_count > PSF_GLYPHS_MAX)
		return -EINVAL;
	if (psf->bytes_per_glyph < row_bytes * psf->height)
		return -EINVAL;
	if ((uint64_t)psf->glyph_count * psf->bytes_per_glyph > size)
		return -EINVAL;
	return 0;
}

static int psf1_parse(const uint8_t *file, size_t size, struct psf *psf)
{
	struct psf found = {
		.width = PSF1_WIDTH,
		.height = file[PSF1_HEIGHT],
		.glyph_count = file[PSF1_MODE] & PSF1_MODE_512 ? 512 : 256,
		.bytes_per_glyph = file[PSF1_HEIGHT],
		.bitmap = file + PSF1_HEADER_BYTES,
	};

	if (psf_check(&found, size - PSF1_HEADER_BYTES) != 0)
		return -EINVAL;
	*psf = found;
	return 0;
}

static int psf2_parse(const uint8_t *file, size_t size, struct psf *psf)
{
	uint32_t header_size = read32(file + PSF2_HEADER_SIZE);

	if (read32(file + PSF2_VERSION) != 0 ||
	    header_size < PSF2_HEADER_BYTES || header_size > size)
		return -EINVAL;

	struct psf found = {
		.width = read32(file + PSF2_WIDTH),
		.height = read32(file + PSF2_HEIGHT),
		.glyph_count = read32(file + PSF2_GLYPHS),
		.bytes_per_glyph = read32(file + PSF2_GLYPH_BYTES),
		.bitmap = file + header_size,
	};

	if (psf_check(&found, size - header_size) != 0)
		return -EINVAL;
	*psf = found;
	return 0;
}

int psf_parse(const void *file, size_t size, struct psf *psf)
{
	const uint8_t *bytes = file;

	if (size >= PSF1_HEADER_BYTES && bytes[0] == PSF1_MAGIC_0 &&
	    bytes[1] == PSF1_MAGIC_1)
		return psf1_parse(bytes, size, psf);
	if (size >= PSF2_HEADER_BYTES && read32(bytes) == PSF2_MAGIC)
		return psf2_parse(bytes, size, psf);
	return -EINVAL;
}
