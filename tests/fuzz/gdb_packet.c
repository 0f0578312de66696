/* SPDX-License-Identifier: MIT */
/*
 * A line to gdb on which anything may come: no byte outside of the texts is
 * touched, each answer fits in a packet and has nothing in it that would end
 * it. The input is the bytes of the line; packets get their sums by the way, or
 * none would ever be whole.
 */
#include "fuzz.h"

#include <string.h>

#include "../../kernel/gdb/gdb_command.c"
#include "../../kernel/gdb/gdb_packet.c"

enum {
	MEMORY = 0x1000,
	MEMORY_BYTES = 64,
	REGISTERS = 4,
};

static uint64_t registers[REGISTERS];
static uint8_t *memory;

static size_t fake_register_bytes(unsigned int number)
{
	return number < REGISTERS ? 8 - number % 2 * 4 : 0;
}

static uint64_t fake_register_get(void *context, unsigned int number)
{
	(void)context;
	FUZZ_CHECK(number < REGISTERS);
	return registers[number];
}

static void fake_register_set(void *context, unsigned int number,
			      uint64_t value)
{
	(void)context;
	FUZZ_CHECK(number < REGISTERS);
	registers[number] = value;
}

static bool is_memory(uint64_t address, size_t size)
{
	return address >= MEMORY && address <= MEMORY + MEMORY_BYTES &&
	       size <= MEMORY + MEMORY_BYTES - address;
}

static int fake_read(void *context, uint64_t address, void *to, size_t size)
{
	(void)context;
	if (!is_memory(address, size))
		return -14;
	memcpy(to, memory + (address - MEMORY), size);
	return 0;
}

static int fake_write(void *context, uint64_t address, const void *from,
		      size_t size)
{
	(void)context;
	if (!is_memory(address, size))
		return -14;
	memcpy(memory + (address - MEMORY), from, size);
	return 0;
}

static int fake_watch(void *context, enum gdb_watch kind, uint64_t address,
		      size_t size, bool is_set)
{
	(void)context;
	(void)address;
	FUZZ_CHECK(kind >= GDB_WATCH_EXECUTE && kind <= GDB_WATCH_ACCESS);
	return size == 1 && is_set ? 0 : -22;
}

static void fake_monitor(void *context, const char *line, char *answer,
			 size_t size)
{
	(void)context;
	FUZZ_CHECK(strlen(line) < size);
	strcpy(answer, line);
}

static void packet_do(const struct gdb_receiver *receiver)
{
	static const struct gdb_target target = {
		.register_bytes = fake_register_bytes,
		.register_get = fake_register_get,
		.register_set = fake_register_set,
		.read = fake_read,
		.write = fake_write,
		.watch = fake_watch,
		.monitor = fake_monitor,
		.signal = 5,
	};
	struct gdb_reply reply = { .length = 0 };
	enum gdb_action action;

	FUZZ_CHECK(receiver->length <= GDB_PACKET_MAX);
	action = gdb_command(&target, receiver->text, receiver->length, &reply);
	FUZZ_CHECK(reply.length <= GDB_PACKET_MAX);
	for (size_t i = 0; i < reply.length; i++)
		FUZZ_CHECK(strchr("$#}*", reply.text[i]) == NULL);
	FUZZ_CHECK(action == GDB_STAY || action == GDB_DETACH ||
		   reply.length == 0);
}

static void line_byte(struct gdb_receiver *receiver, uint8_t byte)
{
	switch (gdb_receive(receiver, byte)) {
	case GDB_PACKET:
		FUZZ_CHECK(receiver->place == GDB_OUTSIDE);
		packet_do(receiver);
		break;
	case GDB_BROKEN:
		FUZZ_CHECK(receiver->place == GDB_OUTSIDE);
		break;
	default:
		break;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct gdb_receiver *receiver = calloc(1, sizeof(*receiver));

	memory = calloc(1, MEMORY_BYTES);
	for (size_t i = 0; i < size; i++) {
		line_byte(receiver, data[i]);
		if (receiver->place != GDB_FIRST_DIGIT || data[i] != '#')
			continue;
		/* The sum that makes it whole, now and then. */
		if (i + 1 < size && data[i + 1] == '?') {
			const uint8_t sum = receiver->sum;

			line_byte(receiver, (uint8_t)gdb_digit(sum >> 4));
			line_byte(receiver, (uint8_t)gdb_digit(sum));
		}
	}
	free(memory);
	free(receiver);
	return 0;
}
