/* SPDX-License-Identifier: MIT */
/*
 * The stub of gdb's remote protocol: the kernel stands in an exception or an
 * interrupt while gdb asks, by polling, with interrupts off.
 *
 * gdb comes in by a breakpoint, an exception, Ctrl-C or its first packet: a
 * look at the line after each interrupt sees those. A packet that never ends
 * and one that nobody confirms end the session, after some seconds: whoever
 * that was is no gdb, or no longer.
 */
#include <arch/cpu.h>
#include <arch/debug.h>
#include <kernel/boot_param.h>
#include <kernel/console.h>
#include <kernel/console_flush.h>
#include <kernel/debugger.h>
#include <kernel/errno.h>
#include <kernel/gdb_wire.h>
#include <kernel/panic.h>
#include <lib/string.h>

#include "gdb_command.h"
#include "gdb_panic.h"

enum {
	SENDS_MAX = 3, /* of an answer that nobody confirms */
	PATIENCE_LOOKS = 500000,
	SIGNAL_INTERRUPT = 2,
	SIGNAL_TRAP = 5,
};

static struct {
	bool is_attached;
	bool is_inside;  /* of a session */
	bool is_waiting; /* asked to, at boot: enter without a gdb */
	bool has_changed_registers;
	struct trap_frame *fault; /* a copy: of the first that nobody saw */
	struct gdb_receiver receiver;
	struct gdb_reply reply;
	struct gdb_target target;
} stub;

/* ---- The machine as gdb_command.h wants it ------------------------------- */

static uint64_t target_register_get(void *context, unsigned int number)
{
	return debug_register_get(context, number);
}

static void target_register_set(void *context, unsigned int number,
				uint64_t value)
{
	stub.has_changed_registers = true;
	debug_register_set(context, number, value);
}

static int target_read(void *context, uint64_t address, void *to,
		       size_t size_bytes)
{
	(void)context;
	return debug_read(address, to, size_bytes);
}

static int target_write(void *context, uint64_t address, const void *from,
			size_t size_bytes)
{
	(void)context;
	return debug_write(address, from, size_bytes);
}

/* To watch reads alone is nothing that the CPU can. */
static int target_watch(void *context, enum gdb_watch kind, uint64_t address,
			size_t size_bytes, bool is_set)
{
	static const enum debug_watch kinds[] = {
		[GDB_WATCH_EXECUTE] = DEBUG_WATCH_EXECUTE,
		[GDB_WATCH_WRITE] = DEBUG_WATCH_WRITE,
		[GDB_WATCH_ACCESS] = DEBUG_WATCH_ACCESS,
	};

	(void)context;
	if (kind == GDB_WATCH_READ)
		return -EINVAL;
	return is_set ? debug_watch_set(kinds[kind], address, size_bytes)
		      : debug_watch_clear(kinds[kind], address, size_bytes);
}

static void target_monitor(void *context, const char *line, char *answer,
			   size_t size_bytes)
{
	(void)context;
	if (strcmp(line, "info registers") == 0)
		debug_describe(answer, size_bytes);
	else
		strlcpy(answer,
			"This is the kernel's own stub. It knows: monitor "
			"info registers\n",
			size_bytes);
}

/* ---- The line ------------------------------------------------------------ */

/* The next byte; -ETIMEDOUT where none comes, unless we wait for ever. */
static int byte_await(bool is_patient)
{
	const uint64_t begin = cpu_cycles();
	unsigned int looks = 0;
	int byte;

	for (;;) {
		byte = gdb_wire_read();
		if (byte >= 0)
			return byte;
		if (!is_patient && ++looks >= PATIENCE_LOOKS &&
		    cpu_cycles() - begin >= CPU_CYCLES_SECOND)
			return -ETIMEDOUT;
		cpu_relax();
	}
}

static int text_send(const char *text, size_t length)
{
	const uint8_t sum = gdb_sum(text, length);
	int error = gdb_wire_write('$');

	for (size_t i = 0; i < length && error == 0; i++)
		error = gdb_wire_write((uint8_t)text[i]);
	if (error == 0)
		error = gdb_wire_write('#');
	if (error == 0)
		error = gdb_wire_write((uint8_t)gdb_digit(sum >> 4));
	if (error == 0)
		error = gdb_wire_write((uint8_t)gdb_digit(sum));
	return error;
}

/* Is the answer confirmed? The beginning of a packet is as good: gdb is there,
 * and has given up on it. */
static int confirmation_await(void)
{
	for (;;) {
		const int byte = byte_await(false);

		if (byte < 0)
			return byte;
		switch (gdb_receive(&stub.receiver, (uint8_t)byte)) {
		case GDB_ACK:
			return 0;
		case GDB_NAK:
			return -EAGAIN;
		default:
			if (stub.receiver.place != GDB_OUTSIDE)
				return 0;
			break;
		}
	}
}

static bool reply_send(void)
{
	for (unsigned int i = 0; i < SENDS_MAX; i++) {
		if (text_send(stub.reply.text, stub.reply.length) != 0)
			return false;
		if (confirmation_await() == 0)
			return true;
	}
	return false;
}

static bool stop_send(void)
{
	stub.reply.length = 0;
	gdb_stop_reply(&stub.target, &stub.reply);
	return reply_send();
}

/* ---- A session ----------------------------------------------------------- */

/* gdb is gone: it has told us, or does not answer any more. */
static void leave(void)
{
	stub.is_attached = false;
	debug_watch_forget();
}

/* A whole packet has come. True where the session goes on. */
static bool packet_do(struct trap_frame *frame)
{
	enum gdb_action action;

	gdb_wire_write('+');
	stub.is_attached = true;
	stub.reply.length = 0;
	action = gdb_command(&stub.target, stub.receiver.text,
			     stub.receiver.length, &stub.reply);
	switch (action) {
	case GDB_STAY:
		if (reply_send())
			return true;
		leave();
		return false;
	case GDB_DETACH:
		reply_send();
		leave();
		return false;
	case GDB_KILL:
		leave();
		return false;
	default:
		debug_step_set(frame, action == GDB_STEP);
		return false;
	}
}

/* Until gdb lets go. A gdb that was heard of may take its time. */
static void packets_do(struct trap_frame *frame, bool is_patient)
{
	for (;;) {
		const int byte = byte_await(is_patient);

		if (byte < 0) {
			leave();
			return;
		}
		switch (gdb_receive(&stub.receiver, (uint8_t)byte)) {
		case GDB_PACKET:
			if (!packet_do(frame))
				return;
			is_patient = true;
			break;
		case GDB_BROKEN:
			gdb_wire_write('-');
			break;
		case GDB_BREAK:
			if (stub.is_attached)
				stop_send();
			break;
		default:
			break;
		}
	}
}

static void why_find(struct trap_frame *frame, unsigned int signal)
{
	static const enum gdb_watch kinds[] = {
		[DEBUG_WATCH_WRITE] = GDB_WATCH_WRITE,
		[DEBUG_WATCH_ACCESS] = GDB_WATCH_ACCESS,
	};
	enum debug_watch kind = DEBUG_WATCH_EXECUTE;
	uint64_t address = 0;

	debug_watch_suspend(&kind, &address);
	stub.target = (struct gdb_target){
		.context = frame,
		.register_bytes = debug_register_bytes,
		.register_get = target_register_get,
		.register_set = target_register_set,
		.read = target_read,
		.write = target_write,
		.watch = target_watch,
		.monitor = target_monitor,
		.signal = signal,
		.watched = kinds[kind],
		.watched_address = address,
	};
}

/* @is_patient: what is to come is waited for however long it takes. */
static void session(struct trap_frame *frame, unsigned int signal,
		    bool is_patient)
{
	if (stub.is_inside || !gdb_wire_is_there())
		return;
	stub.is_inside = true;
	stub.has_changed_registers = false;
	why_find(frame, signal);
	debug_step_set(frame, false);
	if (is_patient && stub.is_attached && !stop_send())
		leave();
	else
		packets_do(frame, is_patient);
	debug_watch_resume();
	stub.is_inside = false;
}

bool debugger_attached(void)
{
	return stub.is_attached;
}

void debugger_enter(struct trap_frame *frame, unsigned int vector)
{
	if (!stub.is_attached && gdb_wire_is_there())
		console_printf("gdb: waiting for gdb on %s\n", gdb_wire_name());
	console_flush();
	session(frame, debug_signal(vector), true);
}

bool debugger_trap(struct trap_frame *frame)
{
	const unsigned int vector = debug_vector(frame);

	if (stub.is_inside)
		return false;
	if (!stub.is_attached && !stub.is_waiting) {
		if (stub.fault == NULL && !debug_is_stop(vector))
			stub.fault = debug_keep(frame);
		return false;
	}
	stub.is_waiting = false;
	debugger_enter(frame, vector);
	return debug_is_stop(vector) || stub.has_changed_registers;
}

/* What is not the beginning of a packet is noise, as + is, which gdb begins
 * with; Ctrl-C is a word only of a gdb that is known. */
void debugger_poll(struct trap_frame *frame)
{
	int byte;

	if (stub.is_inside || !gdb_wire_is_there())
		return;
	for (byte = gdb_wire_read(); byte >= 0; byte = gdb_wire_read()) {
		const enum gdb_event event =
			gdb_receive(&stub.receiver, (uint8_t)byte);

		if (event == GDB_BREAK && stub.is_attached) {
			session(frame, SIGNAL_INTERRUPT, true);
			return;
		}
		if (stub.receiver.place == GDB_IN_TEXT) {
			session(frame, SIGNAL_TRAP, false);
			return;
		}
	}
}

/* ---- Ways in ------------------------------------------------------------- */

static int gdb_set(const char *value)
{
	if (value == NULL || strcmp(value, "wait") != 0)
		return -EINVAL;
	if (!gdb_wire_is_there())
		return -ENODEV;
	stub.is_waiting = true;
	debug_break();
	return 0;
}
BOOT_PARAM(gdb, "wait", gdb_set);

/* An exception has been shown to gdb before it is reported. */
static void panic_show(const struct panic_cause *cause)
{
	if (!cause->is_exception && stub.is_attached)
		debug_break();
}

void gdb_panic_enter(const struct panic_cause *cause)
{
	if (cause->is_exception && stub.fault != NULL) {
		debugger_enter(stub.fault, debug_vector(stub.fault));
	} else if (!stub.is_attached) {
		stub.is_waiting = true;
		debug_break();
	}
}

static const struct panic_notifier gdb_notifier = { .notify = panic_show };
PANIC_NOTIFIER(gdb_notifier);
