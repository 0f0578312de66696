/* SPDX-License-Identifier: MIT */
/*
 * UTF-8: any bytes against a search by definition: a code point is what its own
 * encoding gives back, a fault is as long as it could have become one.
 */
#include "fuzz.h"

#include <string.h>

#include "../../lib/utf8.c"

static size_t encode(uint32_t code, uint8_t *bytes)
{
	const size_t length = code < 0x80      ? 1
			      : code < 0x800   ? 2
			      : code < 0x10000 ? 3
					       : 4;
	static const uint8_t leads[] = { 0, 0, 0xc0, 0xe0, 0xf0 };

	for (size_t i = length - 1; i > 0; i--) {
		bytes[i] = 0x80 | (code & 0x3f);
		code >>= 6;
	}
	bytes[0] = (uint8_t)(leads[length] | code);
	return length;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct utf8_decoder decoder = { .left = 0 };
	size_t begin = 0; /* of the sequence that is under way */
	size_t i = 0;

	while (i < size) {
		uint32_t code = 0;
		uint8_t form[4];
		const enum utf8_result result =
			utf8_feed(&decoder, data[i], &code);

		FUZZ_CHECK(utf8_is_within(&decoder) == (result == UTF8_MORE));
		i += result != UTF8_BAD_AGAIN;
		if (result == UTF8_MORE) {
			FUZZ_CHECK(i - begin < 4);
			continue;
		}
		if (result == UTF8_DONE) {
			FUZZ_CHECK(code <= 0x10ffff && code >> 11 != 0x1b);
			FUZZ_CHECK(encode(code, form) == i - begin);
			FUZZ_CHECK(memcmp(form, data + begin, i - begin) == 0);
		} else {
			/* No fault swallows ASCII, or the start of what could
			 * be well formed. */
			FUZZ_CHECK(i > begin && data[begin] >= 0x80);
			for (size_t at = begin + 1; at < i; at++)
				FUZZ_CHECK((data[at] & 0xc0) == 0x80);
		}
		begin = i;
	}
	return 0;
}
