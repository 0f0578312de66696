/* SPDX-License-Identifier: MIT */
/*
 * A ring of bytes, PURE: first in, first out, in memory that the caller gives.
 *
 * One producer and one consumer may use it at the same time without a lock,
 * the producer in an interrupt handler, say. Each side writes one index only:
 * the producer the head, the consumer the tail. The producer stores the byte
 * first and then publishes it by the head (release); the consumer reads the
 * head (acquire) before the byte, and gives the place back by the tail
 * (release), which the producer reads (acquire) before it writes there again.
 * On one CPU this only keeps the compiler from reordering; the same code would
 * be right on two.
 */
#ifndef LIB_RING_H
#define LIB_RING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Both indices count in [0, 2 * capacity), a place being index % capacity, so
 * that a full ring (distance capacity) differs from an empty one (distance 0)
 * and every byte of the memory is of use, whatever its size.
 */
struct ring {
	uint8_t *bytes; /* not owned */
	size_t capacity;
	size_t head; /* where the next byte goes; the producer's */
	size_t tail; /* where the next byte comes from; the consumer's */
};

/*
 * Make an empty ring of exactly @capacity bytes (1 to SIZE_MAX / 2) at @bytes,
 * which must stay as long as the ring is used. A ring of zeroes is a valid
 * one, always empty and always full.
 */
void ring_init(struct ring *ring, uint8_t *bytes, size_t capacity);

/* Append a byte: false, and nothing changed, where the ring is full. For the
 * producer. */
bool ring_push(struct ring *ring, uint8_t byte);

/* Take the oldest byte: false, and *@byte untouched, where there is none. For
 * the consumer. */
bool ring_pop(struct ring *ring, uint8_t *byte);

/* Bytes in the ring. The other side may change it at any time: the consumer
 * finds at least so many, the producer at most. */
size_t ring_count(const struct ring *ring);

/* Bytes for which there is room: for the producer, at least so many. */
size_t ring_room(const struct ring *ring);

/* Do all invariants hold? Any context. */
bool ring_check(const struct ring *ring);

#endif
