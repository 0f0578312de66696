/* SPDX-License-Identifier: MIT */
/*
 * Packets of gdb's remote protocol (the gdb manual, appendix E.1), PURE: bytes
 * of a line become events, and answers become text.
 *
 *	$ text # two digits, the sum of the text's bytes
 *
 * The other side says + or - to each. In a text, } makes the next byte what it
 * is with bit 5 changed. Ctrl-C stands outside of packets.
 */
#ifndef KERNEL_GDB_PACKET_H
#define KERNEL_GDB_PACKET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	GDB_PACKET_MAX = 1024, /* bytes of a text, either way */
};

enum gdb_event {
	GDB_NOTHING, /* yet, or noise between packets */
	GDB_PACKET,  /* text and length of the receiver have one */
	GDB_BROKEN,  /* one with a wrong sum, or too long: say - */
	GDB_ACK,     /* + */
	GDB_NAK,     /* - */
	GDB_BREAK,   /* Ctrl-C */
};

enum gdb_place {
	GDB_OUTSIDE,
	GDB_IN_TEXT,
	GDB_ESCAPED,
	GDB_FIRST_DIGIT,
	GDB_LAST_DIGIT,
};

/* All zero is one that waits for a packet. */
struct gdb_receiver {
	enum gdb_place place;
	uint8_t sum;    /* of the bytes of the text, as they came */
	uint8_t wanted; /* by the first digit */
	bool is_bad;
	size_t length;
	char text[GDB_PACKET_MAX + 1]; /* with a zero behind it */
};

/* Take a byte. Any byte is fine at any time. */
enum gdb_event gdb_receive(struct gdb_receiver *receiver, uint8_t byte);

/* ---- What a packet says ------------------------------------------------- */

/* What is left of a text. */
struct gdb_scan {
	const char *at, *end;
};

/* The text begins with @prefix: it is passed over. */
bool gdb_scan_text(struct gdb_scan *scan, const char *prefix);

/* A hexadecimal number of 1 to 16 digits; false, and nothing passed over, where
 * there is none or a longer one. */
bool gdb_scan_number(struct gdb_scan *scan, uint64_t *number);

/* Two digits a byte, as many as the text has, up to @max, into @bytes. Returns
 * how many. */
size_t gdb_scan_bytes(struct gdb_scan *scan, uint8_t *bytes, size_t max);

/* ---- An answer ----------------------------------------------------------- */

/* All zero is an empty one, which means: not understood. */
struct gdb_reply {
	size_t length;
	char text[GDB_PACKET_MAX];
};

/* Each appends; what does not fit is left out. */
void gdb_put_text(struct gdb_reply *reply, const char *text);
void gdb_put_bytes(struct gdb_reply *reply, const void *bytes, size_t count);
void gdb_put_number(struct gdb_reply *reply, uint64_t number);

/* The sum of a text, as it stands behind the #. */
uint8_t gdb_sum(const char *text, size_t length);

/* The digit of the low four bits. */
char gdb_digit(unsigned int value);

#endif
