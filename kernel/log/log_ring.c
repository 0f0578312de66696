/* SPDX-License-Identifier: MIT */
/*
 * The lines of the log in a ring of bytes, PURE.
 */
#include "log_ring.h"

#include <kernel/log_level.h>
#include <kernel/util.h>
#include <lib/string.h>

/* How many of @count bytes at a position come before the memory's end. */
static size_t before_end(const struct log_ring *ring, uint64_t at, size_t count)
{
	const size_t room = ring->capacity - (size_t)(at % ring->capacity);

	return count < room ? count : room;
}

static void put(struct log_ring *ring, uint64_t at, const void *from,
		size_t count)
{
	const size_t here = before_end(ring, at, count);

	memcpy(ring->bytes + at % ring->capacity, from, here);
	memcpy(ring->bytes, (const char *)from + here, count - here);
}

static void get(const struct log_ring *ring, uint64_t at, void *to,
		size_t count)
{
	const size_t here = before_end(ring, at, count);

	memcpy(to, ring->bytes + at % ring->capacity, here);
	memcpy((char *)to + here, ring->bytes, count - here);
}

/* A position behind a line that begins at another. */
static uint64_t behind(uint64_t at, const struct log_record *record)
{
	return at + sizeof(*record) + record->length;
}

/* Can it be true? A wild write must not make a reader or a writer go round for
 * ever. */
static bool is_sane(const struct log_ring *ring)
{
	return ring->head - ring->tail <= ring->capacity &&
	       ring->next - ring->first <=
		       (ring->head - ring->tail) / sizeof(struct log_record);
}

static void drop_what_is_not_sane(struct log_ring *ring)
{
	if (is_sane(ring))
		return;
	ring->tail = ring->head;
	ring->first = ring->next;
}

static void drop_oldest(struct log_ring *ring)
{
	struct log_record record;

	get(ring, ring->tail, &record, sizeof(record));
	ring->tail = behind(ring->tail, &record);
	ring->first++;
	drop_what_is_not_sane(ring);
}

void log_ring_append(struct log_ring *ring, const struct log_record *record,
		     const char *text)
{
	struct log_record kept = *record;

	if (kept.length > ring->capacity - sizeof(kept))
		kept.length = (uint16_t)(ring->capacity - sizeof(kept));
	if (kept.module_length > kept.length)
		kept.module_length = 0;
	drop_what_is_not_sane(ring);
	while (behind(ring->head, &kept) - ring->tail > ring->capacity)
		drop_oldest(ring);
	put(ring, ring->head, &kept, sizeof(kept));
	put(ring, ring->head + sizeof(kept), text, kept.length);
	ring->head = behind(ring->head, &kept);
	ring->next++;
}

uint64_t log_ring_catch_up(const struct log_ring *ring,
			   struct log_cursor *cursor)
{
	const uint64_t missed =
		cursor->number < ring->first ? ring->first - cursor->number : 0;

	if (missed != 0)
		*cursor = (struct log_cursor){ .at = ring->tail,
					       .number = ring->first };
	return missed;
}

bool log_ring_record(const struct log_ring *ring,
		     const struct log_cursor *cursor, struct log_record *record)
{
	if (cursor->number >= ring->next || !is_sane(ring))
		return false;
	get(ring, cursor->at, record, sizeof(*record));
	return true;
}

size_t log_ring_text(const struct log_ring *ring,
		     const struct log_cursor *cursor, char *text, size_t size)
{
	struct log_record record;

	get(ring, cursor->at, &record, sizeof(record));
	if (size > record.length)
		size = record.length;
	if (size > ring->capacity) /* the record was written over */
		size = ring->capacity;
	get(ring, cursor->at + sizeof(record), text, size);
	return size;
}

void log_ring_advance(struct log_cursor *cursor,
		      const struct log_record *record)
{
	cursor->at = behind(cursor->at, record);
	cursor->number++;
}

static bool record_is_sound(const struct log_record *record)
{
	return record->level > LOG_NONE && record->level < LOG_LEVELS &&
	       record->module_length <= record->length;
}

bool log_ring_check(const struct log_ring *ring)
{
	struct log_cursor cursor = { ring->tail, ring->first };
	struct log_record record;

	if (ring->bytes == NULL || ring->capacity <= sizeof(record) ||
	    !is_sane(ring))
		return false;
	while (log_ring_record(ring, &cursor, &record)) {
		if (!record_is_sound(&record) ||
		    behind(cursor.at, &record) > ring->head)
			return false;
		log_ring_advance(&cursor, &record);
	}
	return cursor.at == ring->head;
}
