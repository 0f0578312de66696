/* SPDX-License-Identifier: MIT */
/*
 * The keyboard: any stream of codes, through the queue with its losses and
 * straight into a decoder. What the queue loses may cost characters; it must
 * never leave a key held that was let go.
 *
 * Input: a byte of how large the queue is, then codes and how many are taken
 * out after each.
 */
#include "fuzz.h"

#include "../../drivers/input/scan_queue.c"
#include "../../drivers/input/scancode.c"
#include "../../lib/ring.c"

enum {
	CAPACITY_MAX = 12,
};

static void check_character(uint8_t code, char c)
{
	FUZZ_CHECK(c == 0 || c == '\n' || c == '\b' || c == '\t' ||
		   (c >= ' ' && c <= '~'));
	FUZZ_CHECK(c == 0 || code < SCAN_CODE_EXTENDED - 0x60);
}

/* No modifier is held in @seen that is not held in @real. */
static void check_held(const struct scan_decoder *seen,
		       const struct scan_decoder *real)
{
	FUZZ_CHECK(!seen->left_shift || real->left_shift);
	FUZZ_CHECK(!seen->right_shift || real->right_shift);
	FUZZ_CHECK(!seen->left_ctrl || real->left_ctrl);
	FUZZ_CHECK(!seen->right_ctrl || real->right_ctrl);
	FUZZ_CHECK(!seen->left_alt || real->left_alt);
	FUZZ_CHECK(!seen->right_alt || real->right_alt);
	FUZZ_CHECK(!seen->caps_down || real->caps_down);
	FUZZ_CHECK(!seen->num_down || real->num_down);
}

static void take(struct scan_queue *queue, struct scan_decoder *decoder,
		 size_t count)
{
	uint8_t code;

	while (count-- > 0 && scan_queue_pop(queue, &code))
		check_character(code, scan_decoder_feed(decoder, code));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = { data, size };
	struct scan_decoder seen, real;
	struct scan_queue queue;
	uint8_t bytes[CAPACITY_MAX];
	uint64_t pushed = 0;

	scan_decoder_init(&seen);
	scan_decoder_init(&real);
	scan_queue_init(&queue, bytes, 2 + fuzz_below(&input, 11));
	while (input.size > 0) {
		const uint8_t code = fuzz_byte(&input);

		scan_queue_push(&queue, code);
		FUZZ_CHECK(scan_queue_check(&queue));
		FUZZ_CHECK(scan_queue_lost(&queue) <= ++pushed);
		check_character(code, scan_decoder_feed(&real, code));
		take(&queue, &seen, fuzz_below(&input, 4));
		FUZZ_CHECK(scan_queue_check(&queue));
		if (ring_count(&queue.ring) == 0 && !queue.is_overrun)
			check_held(&seen, &real);
	}
	return 0;
}
