/* SPDX-License-Identifier: MIT */
/*
 * What gdb asks for (the gdb manual, appendix E.2), PURE: a packet's text is
 * done on a machine that is a table of functions, and becomes an answer.
 *
 * Software breakpoints are gdb's own: it writes the instruction itself, by M or
 * X, and takes it away again whenever the machine stops.
 */
#ifndef KERNEL_GDB_COMMAND_H
#define KERNEL_GDB_COMMAND_H

#include "gdb_packet.h"

/* The number of a Z packet. */
enum gdb_watch {
	GDB_WATCH_EXECUTE = 1,
	GDB_WATCH_WRITE = 2,
	GDB_WATCH_READ = 3,
	GDB_WATCH_ACCESS = 4,
};

/* The machine that is stopped. Actions return 0 or -Exxx. */
struct gdb_target {
	void *context; /* the first argument of each */
	/* Bytes of a register by gdb's number for it, 0 where there is none:
	 * those below the first such are all of the g packet. */
	size_t (*register_bytes)(unsigned int number);
	uint64_t (*register_get)(void *context, unsigned int number);
	void (*register_set)(void *context, unsigned int number,
			     uint64_t value);
	/* All of the bytes, or none of them count. */
	int (*read)(void *context, uint64_t address, void *to,
		    size_t size_bytes);
	int (*write)(void *context, uint64_t address, const void *from,
		     size_t size_bytes);
	/* A breakpoint or watchpoint of the hardware. */
	int (*watch)(void *context, enum gdb_watch kind, uint64_t address,
		     size_t size_bytes, bool is_set);
	/* gdb's `monitor` command: its answer, with a zero. */
	void (*monitor)(void *context, const char *line, char *answer,
			size_t size_bytes);
	/* Why it stands: a signal's number, and what was watched. */
	unsigned int signal;
	enum gdb_watch watched; /* 0: nothing */
	uint64_t watched_address;
};

/* What is to be done once the answer is sent. */
enum gdb_action {
	GDB_STAY,
	GDB_CONTINUE, /* no answer is sent: the next stop is one */
	GDB_STEP,     /* the same */
	GDB_DETACH,
	GDB_KILL, /* no answer is sent */
};

/* Do what the text of a packet says; *@reply, empty before, is the answer. */
enum gdb_action gdb_command(const struct gdb_target *target, const char *text,
			    size_t length, struct gdb_reply *reply);

/* The answer that tells why the machine stands. */
void gdb_stop_reply(const struct gdb_target *target, struct gdb_reply *reply);

#endif
