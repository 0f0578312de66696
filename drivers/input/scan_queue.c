/* SPDX-License-Identifier: MIT */
/*
 * The queue of scan codes, PURE. See the header for what it promises.
 */
#include "scan_queue.h"
#include "scancode.h"

/* Follow the sequences: true where @code begins one. */
static bool follow_sequence(struct scan_queue *queue, uint8_t code)
{
	if (scan_code_is_overrun(code)) {
		queue->pending = 0;
		return true;
	}
	if (queue->pending > 0) {
		queue->pending--;
		return false;
	}
	queue->pending = scan_code_followers(code);
	return true;
}

static void drop(struct scan_queue *queue)
{
	/* Only the handler writes it; the thread must not read half of it. */
	__atomic_store_n(&queue->lost, queue->lost + 1, __ATOMIC_RELAXED);
	queue->is_overrun = true;
}

void scan_queue_init(struct scan_queue *queue, uint8_t *bytes, size_t capacity)
{
	*queue = (struct scan_queue){ .is_overrun = false };
	ring_init(&queue->ring, bytes, capacity);
}

void scan_queue_push(struct scan_queue *queue, uint8_t code)
{
	bool is_begin = follow_sequence(queue, code);

	if (queue->is_overrun) {
		/* Marker and code, both or neither. */
		if (!is_begin || ring_room(&queue->ring) < 2) {
			drop(queue);
			return;
		}
		ring_push(&queue->ring, SCAN_CODE_OVERRUN);
		queue->is_overrun = false;
	}
	if (!ring_push(&queue->ring, code))
		drop(queue);
}

bool scan_queue_pop(struct scan_queue *queue, uint8_t *code)
{
	return ring_pop(&queue->ring, code);
}

uint64_t scan_queue_lost(const struct scan_queue *queue)
{
	return __atomic_load_n(&queue->lost, __ATOMIC_RELAXED);
}

bool scan_queue_check(const struct scan_queue *queue)
{
	return ring_check(&queue->ring) && queue->pending <= 2 &&
	       (!queue->is_overrun || queue->lost > 0);
}
