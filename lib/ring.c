/* SPDX-License-Identifier: MIT */
/*
 * The ring of bytes, PURE. See the header for why it needs no lock.
 */
#include <lib/ring.h>

static size_t load(const size_t *index)
{
	return __atomic_load_n(index, __ATOMIC_ACQUIRE);
}

static void publish(size_t *index, size_t value)
{
	__atomic_store_n(index, value, __ATOMIC_RELEASE);
}

static size_t advance(const struct ring *ring, size_t index)
{
	return index + 1 == 2 * ring->capacity ? 0 : index + 1;
}

static size_t place(const struct ring *ring, size_t index)
{
	return index < ring->capacity ? index : index - ring->capacity;
}

void ring_init(struct ring *ring, uint8_t *bytes, size_t capacity)
{
	ring->bytes = bytes;
	ring->capacity = capacity;
	ring->head = 0;
	ring->tail = 0;
}

bool ring_push(struct ring *ring, uint8_t byte)
{
	size_t head = ring->head;

	if (ring_room(ring) == 0)
		return false;
	ring->bytes[place(ring, head)] = byte;
	publish(&ring->head, advance(ring, head));
	return true;
}

bool ring_pop(struct ring *ring, uint8_t *byte)
{
	size_t tail = ring->tail;

	if (load(&ring->head) == tail)
		return false;
	*byte = ring->bytes[place(ring, tail)];
	publish(&ring->tail, advance(ring, tail));
	return true;
}

size_t ring_count(const struct ring *ring)
{
	size_t head = load(&ring->head);
	size_t tail = load(&ring->tail);

	return head >= tail ? head - tail : head + 2 * ring->capacity - tail;
}

size_t ring_room(const struct ring *ring)
{
	return ring->capacity - ring_count(ring);
}

bool ring_check(const struct ring *ring)
{
	if (ring->capacity == 0)
		return ring->head == 0 && ring->tail == 0;
	return ring->bytes != NULL && ring->capacity <= SIZE_MAX / 2 &&
	       load(&ring->head) < 2 * ring->capacity &&
	       load(&ring->tail) < 2 * ring->capacity &&
	       ring_count(ring) <= ring->capacity;
}
