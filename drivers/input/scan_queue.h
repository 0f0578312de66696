/* SPDX-License-Identifier: MIT */
/*
 * The queue of scan codes between the keyboard's interrupt handler and the
 * decoder, PURE.
 *
 * A full queue drops the newest codes and counts them. A loss may have eaten
 * the release of Shift or half of a sequence, so that the decoder must hear of
 * it: what follows a loss is SCAN_CODE_OVERRUN, as from a keyboard whose own
 * buffer ran over, and then a code that begins a sequence.
 *
 * The handler pushes, the thread pops, without a lock: see lib/ring.h.
 */
#ifndef SCAN_QUEUE_H
#define SCAN_QUEUE_H

#include <lib/ring.h>

struct scan_queue {
	struct ring ring;
	uint64_t lost;        /* codes dropped */
	unsigned int pending; /* codes until the sequence under way ends */
	bool is_overrun;      /* the last code was dropped */
};

/* Make an empty queue of @capacity bytes (at least 2) at @bytes, which must
 * stay as long as the queue is used. A queue of zeroes is an empty one. */
void scan_queue_init(struct scan_queue *queue, uint8_t *bytes, size_t capacity);

/* Append a code of the keyboard, or drop and count it. For the handler. */
void scan_queue_push(struct scan_queue *queue, uint8_t code);

/* Take the oldest code; false where there is none. For the thread. */
bool scan_queue_pop(struct scan_queue *queue, uint8_t *code);

/* Codes dropped so far. Any context. */
uint64_t scan_queue_lost(const struct scan_queue *queue);

/* Do all invariants hold? Any context. */
bool scan_queue_check(const struct scan_queue *queue);

#endif
