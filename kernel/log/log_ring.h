/* SPDX-License-Identifier: MIT */
/*
 * The lines of the log in a ring of bytes, PURE. What is new takes the place
 * of the oldest.
 *
 *	position:  tail                                     head
 *	           | record | text | record | text | ...    |
 *	number:     first             first + 1              next
 *
 * Positions count bytes and numbers count lines from the beginning on, so that
 * neither ever goes back: a place in memory is a position modulo the capacity,
 * and a line, or its record, may lie across the memory's end.
 *
 * A ring that was written over is noticed where its positions and numbers make
 * no sense: then what it had is dropped.
 *
 * It is for one CPU. An append must not be interrupted by another one, nor by
 * what reads; one that a fault ends half way leaves the ring as it was, or
 * without some of its oldest lines.
 */
#ifndef LOG_RING_H
#define LOG_RING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What is kept of a line besides its text. */
struct log_record {
	uint64_t micros; /* since the kernel's first line */
	uint16_t length; /* characters of the text */
	uint8_t level;
	uint8_t module_length; /* of these characters, the module's name */
};

struct log_ring {
	char *bytes; /* not owned */
	size_t capacity;
	uint64_t tail, head; /* positions of the oldest line, behind the last */
	uint64_t first, next; /* their numbers */
};

/* Where a reader is: before a line. All zeros: before the first one. */
struct log_cursor {
	uint64_t at;
	uint64_t number;
};

/*
 * Append a line of record->length characters, and drop as many of the oldest as
 * it takes. A text for which the whole ring has no room is cut. The capacity
 * is larger than a record.
 */
void log_ring_append(struct log_ring *ring, const struct log_record *record,
		     const char *text);

/* Lead a cursor to the oldest line where the one that it was before is gone.
 * Returns how many it missed. */
uint64_t log_ring_catch_up(const struct log_ring *ring,
			   struct log_cursor *cursor);

/*
 * The record of the line behind a cursor, which was led there by
 * log_ring_catch_up(), and then, for the same record, up to @size characters
 * of its text, without a zero at the end: returns how many. False where there
 * is no line.
 */
bool log_ring_record(const struct log_ring *ring,
		     const struct log_cursor *cursor,
		     struct log_record *record);
size_t log_ring_text(const struct log_ring *ring,
		     const struct log_cursor *cursor, char *text, size_t size);

/* Lead a cursor behind that line. */
void log_ring_advance(struct log_cursor *cursor,
		      const struct log_record *record);

/* Do all invariants hold? */
bool log_ring_check(const struct log_ring *ring);

#endif
