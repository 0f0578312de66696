/* SPDX-License-Identifier: MIT */
/*
 * What gdb asks for, PURE. One processor is one thread, number 1. What is not
 * known here has an empty answer, on which gdb does without.
 */
#include "gdb_command.h"

#include <kernel/compiler.h>
#include <kernel/util.h>
#include <lib/string.h>

enum {
	CHUNK_MAX = GDB_PACKET_MAX / 2, /* bytes of memory, in digits */
	MONITOR_MAX = 256,
	/* What gdb is told, as errno.h has it: any number would do. */
	ERROR_FAULT = 14,
	ERROR_INVALID = 22,
};

static void put_ok(struct gdb_reply *reply)
{
	gdb_put_text(reply, "OK");
}

static void put_error(struct gdb_reply *reply, uint8_t error)
{
	gdb_put_text(reply, "E");
	gdb_put_bytes(reply, &error, 1);
}

static void put_result(struct gdb_reply *reply, int result, uint8_t error)
{
	if (result == 0)
		put_ok(reply);
	else
		put_error(reply, error);
}

void gdb_stop_reply(const struct gdb_target *target, struct gdb_reply *reply)
{
	static const char *const names[] = {
		[GDB_WATCH_WRITE] = "watch:",
		[GDB_WATCH_READ] = "rwatch:",
		[GDB_WATCH_ACCESS] = "awatch:",
	};
	const uint8_t signal = (uint8_t)target->signal;

	gdb_put_text(reply, "T");
	gdb_put_bytes(reply, &signal, 1);
	gdb_put_text(reply, "thread:1;");
	if (target->watched < GDB_WATCH_WRITE)
		return;
	gdb_put_text(reply, names[target->watched]);
	gdb_put_number(reply, target->watched_address);
	gdb_put_text(reply, ";");
}

/* ---- Registers ----------------------------------------------------------- */

static void registers_read(const struct gdb_target *target,
			   struct gdb_reply *reply)
{
	for (unsigned int i = 0; target->register_bytes(i) != 0; i++) {
		const uint64_t value = target->register_get(target->context, i);

		gdb_put_bytes(reply, &value, target->register_bytes(i));
	}
}

/* A text that ends too soon leaves the others as they are. */
static void registers_write(const struct gdb_target *target,
			    struct gdb_scan *scan, struct gdb_reply *reply)
{
	for (unsigned int i = 0; target->register_bytes(i) != 0; i++) {
		const size_t bytes = target->register_bytes(i);
		uint64_t value = 0;

		if (gdb_scan_bytes(scan, (uint8_t *)&value, bytes) != bytes)
			break;
		target->register_set(target->context, i, value);
	}
	put_ok(reply);
}

/* p NUMBER, and P NUMBER=VALUE. Registers that this machine does not tell are
 * "x", not available, and to write one is no mistake: before it continues, gdb
 * for Linux sets one that only Linux has. */
static void register_access(const struct gdb_target *target,
			    struct gdb_scan *scan, bool is_write,
			    struct gdb_reply *reply)
{
	uint64_t number, value = 0;
	size_t bytes;

	if (!gdb_scan_number(scan, &number)) {
		put_error(reply, ERROR_INVALID);
		return;
	}
	bytes = number > UINT16_MAX
			? 0
			: target->register_bytes((unsigned int)number);
	if (!is_write && bytes == 0) {
		gdb_put_text(reply, "xxxxxxxx");
	} else if (!is_write) {
		value = target->register_get(target->context,
					     (unsigned int)number);
		gdb_put_bytes(reply, &value, bytes);
	} else if (bytes == 0) {
		put_ok(reply);
	} else if (!gdb_scan_text(scan, "=") ||
		   gdb_scan_bytes(scan, (uint8_t *)&value, bytes) != bytes) {
		put_error(reply, ERROR_INVALID);
	} else {
		target->register_set(target->context, (unsigned int)number,
				     value);
		put_ok(reply);
	}
}

/* ---- Memory -------------------------------------------------------------- */

/* ADDRESS,LENGTH: no more than fits in a packet. */
static bool scan_range(struct gdb_scan *scan, uint64_t *address, uint64_t *size)
{
	return gdb_scan_number(scan, address) && gdb_scan_text(scan, ",") &&
	       gdb_scan_number(scan, size) && *size <= CHUNK_MAX;
}

static void memory_read(const struct gdb_target *target, struct gdb_scan *scan,
			struct gdb_reply *reply)
{
	uint8_t bytes[CHUNK_MAX];
	uint64_t address, size;

	if (!scan_range(scan, &address, &size))
		put_error(reply, ERROR_INVALID);
	else if (target->read(target->context, address, bytes, size) != 0)
		put_error(reply, ERROR_FAULT);
	else
		gdb_put_bytes(reply, bytes, size);
}

/* M in digits, X as it is. */
static void memory_write(const struct gdb_target *target, struct gdb_scan *scan,
			 bool is_binary, struct gdb_reply *reply)
{
	uint8_t bytes[CHUNK_MAX];
	const void *from = bytes;
	uint64_t address, size;
	bool is_whole =
		scan_range(scan, &address, &size) && gdb_scan_text(scan, ":");

	if (is_whole && is_binary) {
		from = scan->at;
		is_whole = (uint64_t)(scan->end - scan->at) == size;
	} else if (is_whole) {
		is_whole = gdb_scan_bytes(scan, bytes, size) == size;
	}
	if (!is_whole)
		put_error(reply, ERROR_INVALID);
	else
		put_result(reply,
			   size == 0 ? 0
				     : target->write(target->context, address,
						     from, size),
			   ERROR_FAULT);
}

/* Z1 to Z4 and z1 to z4; the others gdb does by writing. */
static void watch_change(const struct gdb_target *target, struct gdb_scan *scan,
			 bool is_set, struct gdb_reply *reply)
{
	uint64_t kind, address, size;

	if (!gdb_scan_number(scan, &kind) || !gdb_scan_text(scan, ",") ||
	    !scan_range(scan, &address, &size)) {
		put_error(reply, ERROR_INVALID);
		return;
	}
	if (kind < GDB_WATCH_EXECUTE || kind > GDB_WATCH_ACCESS)
		return;
	put_result(reply,
		   target->watch(target->context, (enum gdb_watch)kind, address,
				 size, is_set),
		   ERROR_INVALID);
}

/* ---- The rest ------------------------------------------------------------ */

static void monitor(const struct gdb_target *target, struct gdb_scan *scan,
		    struct gdb_reply *reply)
{
	char line[MONITOR_MAX], answer[CHUNK_MAX];
	const size_t length =
		gdb_scan_bytes(scan, (uint8_t *)line, sizeof(line) - 1);

	line[length] = '\0';
	target->monitor(target->context, line, answer, sizeof(answer));
	gdb_put_bytes(reply, answer, strlen(answer));
}

static void query(const struct gdb_target *target, struct gdb_scan *scan,
		  struct gdb_reply *reply)
{
	static const struct {
		const char *text, *answer;
	} fixed[] = {
		{ "Supported", "PacketSize=400" }, /* GDB_PACKET_MAX */
		{ "Attached", "1" }, /* it was there before gdb was */
		{ "fThreadInfo", "m1" },
		{ "sThreadInfo", "l" },
		{ "C", "QC1" },
	};

	static_assert(GDB_PACKET_MAX == 0x400, "as it is told");
	if (gdb_scan_text(scan, "Rcmd,")) {
		monitor(target, scan, reply);
		return;
	}
	for (size_t i = 0; i < ARRAY_SIZE(fixed); i++) {
		if (gdb_scan_text(scan, fixed[i].text)) {
			gdb_put_text(reply, fixed[i].answer);
			return;
		}
	}
}

/* The program counter is one of the registers; gdb sets it by P as well. c, s,
 * C, S: an address or a signal behind them is not used by gdb either. */
static enum gdb_action resume(const struct gdb_scan *scan)
{
	return scan->at[-1] == 's' || scan->at[-1] == 'S' ? GDB_STEP
							  : GDB_CONTINUE;
}

static void inspect(const struct gdb_target *target, char what,
		    struct gdb_scan *scan, struct gdb_reply *reply)
{
	switch (what) {
	case '?':
		gdb_stop_reply(target, reply);
		break;
	case 'g':
		registers_read(target, reply);
		break;
	case 'G':
		registers_write(target, scan, reply);
		break;
	case 'p':
	case 'P':
		register_access(target, scan, what == 'P', reply);
		break;
	case 'm':
		memory_read(target, scan, reply);
		break;
	case 'M':
	case 'X':
		memory_write(target, scan, what == 'X', reply);
		break;
	case 'Z':
	case 'z':
		watch_change(target, scan, what == 'Z', reply);
		break;
	case 'q':
		query(target, scan, reply);
		break;
	case 'H': /* which thread is meant: there is one */
	case 'T':
		put_ok(reply);
		break;
	default:
		break;
	}
}

enum gdb_action gdb_command(const struct gdb_target *target, const char *text,
			    size_t length, struct gdb_reply *reply)
{
	struct gdb_scan scan = { .at = text + 1, .end = text + length };

	if (length == 0)
		return GDB_STAY;
	switch (*text) {
	case 'c':
	case 'C':
	case 's':
	case 'S':
		return resume(&scan);
	case 'D':
		put_ok(reply);
		return GDB_DETACH;
	case 'k':
		return GDB_KILL;
	default:
		inspect(target, *text, &scan, reply);
		return GDB_STAY;
	}
}
