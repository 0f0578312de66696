/* SPDX-License-Identifier: MIT */
/*
 * Tests of what gdb asks for, on a machine of three registers and some memory
 * at 0x1000.
 */
#include "gdb_command.h"

#include <kernel/errno.h>
#include <kernel/ktest.h>
#include <lib/string.h>

enum {
	MEMORY = 0x1000,
	MEMORY_BYTES = 600,
	REGISTERS = 3,
};

static struct machine {
	uint64_t registers[REGISTERS];
	uint8_t memory[MEMORY_BYTES];
	enum gdb_watch watched;
	uint64_t watched_address;
	size_t watched_bytes;
	char line[32];
} machine;

static struct gdb_reply reply;

static size_t fake_register_bytes(unsigned int number)
{
	static const uint8_t bytes[] = { 8, 8, 4 };

	return number < REGISTERS ? bytes[number] : 0;
}

static uint64_t fake_register_get(void *context, unsigned int number)
{
	return ((struct machine *)context)->registers[number];
}

static void fake_register_set(void *context, unsigned int number,
			      uint64_t value)
{
	((struct machine *)context)->registers[number] = value;
}

static bool is_memory(uint64_t address, size_t size)
{
	return address >= MEMORY && address <= MEMORY + MEMORY_BYTES &&
	       size <= MEMORY + MEMORY_BYTES - address;
}

static int fake_read(void *context, uint64_t address, void *to, size_t size)
{
	if (!is_memory(address, size))
		return -EFAULT;
	memcpy(to, ((struct machine *)context)->memory + (address - MEMORY),
	       size);
	return 0;
}

static int fake_write(void *context, uint64_t address, const void *from,
		      size_t size)
{
	if (!is_memory(address, size))
		return -EFAULT;
	memcpy(((struct machine *)context)->memory + (address - MEMORY), from,
	       size);
	return 0;
}

static int fake_watch(void *context, enum gdb_watch kind, uint64_t address,
		      size_t size, bool is_set)
{
	struct machine *const it = context;

	if (is_set == (it->watched != 0))
		return -ENOSPC;
	it->watched = is_set ? kind : 0;
	it->watched_address = address;
	it->watched_bytes = size;
	return 0;
}

static void fake_monitor(void *context, const char *line, char *answer,
			 size_t size)
{
	strlcpy(((struct machine *)context)->line, line, sizeof(machine.line));
	strlcpy(answer, "Yes", size);
}

static struct gdb_target target = {
	.context = &machine,
	.register_bytes = fake_register_bytes,
	.register_get = fake_register_get,
	.register_set = fake_register_set,
	.read = fake_read,
	.write = fake_write,
	.watch = fake_watch,
	.monitor = fake_monitor,
};

static void prepare(struct ktest *test)
{
	(void)test;
	memset(&machine, 0, sizeof(machine));
	for (size_t i = 0; i < MEMORY_BYTES; i++)
		machine.memory[i] = (uint8_t)i;
	target.signal = 5;
	target.watched = 0;
}

static bool is_reply(const char *text)
{
	return reply.length == strlen(text) &&
	       memcmp(reply.text, text, reply.length) == 0;
}

static enum gdb_action ask_bytes(const char *text, size_t length)
{
	reply.length = 0;
	return gdb_command(&target, text, length, &reply);
}

static enum gdb_action ask(const char *text)
{
	return ask_bytes(text, strlen(text));
}

struct exchange {
	const char *question, *answer;
};

static void expect_all(struct ktest *test, const struct exchange *exchanges,
		       size_t count)
{
	for (size_t i = 0; i < count; i++) {
		KTEST_EXPECT_EQ(test, ask(exchanges[i].question), GDB_STAY);
		if (!is_reply(exchanges[i].answer)) {
			reply.text[reply.length % GDB_PACKET_MAX] = '\0';
			KTEST_EXPECT_STREQ(test, reply.text,
					   exchanges[i].answer);
		}
	}
}

static void gdb_command_registers(struct ktest *test)
{
	static const struct exchange exchanges[] = {
		{ "g", "1000000000000000ffffffffffffffff44332211" },
		{ "p1", "ffffffffffffffff" },
		{ "p2", "44332211" },
		{ "p3", "xxxxxxxx" },
		{ "p100000000", "xxxxxxxx" },
		{ "p", "E16" },
		{ "P1=8877665544332211", "OK" },
		{ "p1", "8877665544332211" },
		{ "P2=01020304", "OK" },
		{ "p2", "01020304" },
		{ "P3=00", "OK" }, /* it has none */
		{ "P1=88", "E16" },
		{ "P1", "E16" },
		{ "P", "E16" },
		{ "G0100000000000000", "OK" },
		{ "g", "0100000000000000887766554433221101020304" },
		{ "G0200000000000000030000000000000004000000", "OK" },
		{ "g", "0200000000000000030000000000000004000000" },
	};

	machine.registers[0] = 0x10;
	machine.registers[1] = UINT64_MAX;
	machine.registers[2] = 0x11223344;
	expect_all(test, exchanges, ARRAY_SIZE(exchanges));
}

static void gdb_command_memory(struct ktest *test)
{
	static const struct exchange exchanges[] = {
		{ "m1000,4", "00010203" },
		{ "m1257,1", "57" },
		{ "m1257,2", "E0e" },
		{ "mfff,2", "E0e" },
		{ "mffffffffffffffff,200", "E0e" },
		{ "m1000,201", "E16" },
		{ "m1000", "E16" },
		{ "m,4", "E16" },
		{ "m1000,", "E16" },
		{ "M1002,2:aabb", "OK" },
		{ "m1001,4", "01aabb04" },
		{ "M1002,2:aab", "E16" },
		{ "M1002,2aabb", "E16" },
		{ "M1002:", "E16" },
		{ "M0,1:cc", "E0e" },
		{ "M0,0:", "OK" },
		{ "X1000,3:#$}", "OK" },
		{ "m1000,3", "23247d" },
		{ "X1000,3:ab", "E16" },
		{ "X0,0:", "OK" }, /* gdb asks whether there is an X */
		{ "X0,1:a", "E0e" },
	};

	expect_all(test, exchanges, ARRAY_SIZE(exchanges));
	KTEST_EXPECT_EQ(test, ask_bytes("X1000,2:\0\xff", 10), GDB_STAY);
	KTEST_EXPECT_EQ(test, machine.memory[1], 0xff);
	/* The most that is let through is all of a packet. */
	ask("m1000,200");
	KTEST_EXPECT_EQ(test, reply.length, GDB_PACKET_MAX);
}

static void gdb_command_watches(struct ktest *test)
{
	static const struct exchange exchanges[] = {
		{ "Z0,1000,1", "" }, /* gdb writes the instruction itself */
		{ "Z5,1000,1", "" },
		{ "Z2,1000", "E16" },
		{ "Z2", "E16" },
		{ "Z,1000,1", "E16" },
		{ "Z2,1000,8", "OK" },
		{ "Z1,1000,1", "E16" }, /* there is room for one */
		{ "z2,1000,8", "OK" },
		{ "z2,1000,8", "E16" },
	};

	expect_all(test, exchanges, ARRAY_SIZE(exchanges));
	ask("Z3,1234,4");
	KTEST_EXPECT_EQ(test, machine.watched, GDB_WATCH_READ);
	KTEST_EXPECT_EQ(test, machine.watched_address, 0x1234);
	KTEST_EXPECT_EQ(test, machine.watched_bytes, 4);
}

static void gdb_command_stops(struct ktest *test)
{
	ask("?");
	KTEST_EXPECT(test, is_reply("T05thread:1;"));
	target.signal = 11;
	target.watched = GDB_WATCH_EXECUTE;
	ask("?");
	KTEST_EXPECT(test, is_reply("T0bthread:1;"));
	target.watched = GDB_WATCH_WRITE;
	target.watched_address = 0x1010;
	ask("?");
	KTEST_EXPECT(test, is_reply("T0bthread:1;watch:1010;"));
	target.watched = GDB_WATCH_ACCESS;
	ask("?");
	KTEST_EXPECT(test, is_reply("T0bthread:1;awatch:1010;"));
}

static void gdb_command_queries(struct ktest *test)
{
	static const struct exchange exchanges[] = {
		{ "qSupported:multiprocess+", "PacketSize=400" },
		{ "qAttached", "1" },
		{ "qfThreadInfo", "m1" },
		{ "qsThreadInfo", "l" },
		{ "qC", "QC1" },
		{ "qTStatus", "" },
		{ "qRcmd,68656c70", "596573" },
		{ "Hg0", "OK" },
		{ "T1", "OK" },
		{ "vMustReplyEmpty", "" },
		{ "vCont?", "" },
		{ "!", "" },
		{ "", "" },
	};

	expect_all(test, exchanges, ARRAY_SIZE(exchanges));
	KTEST_EXPECT_STREQ(test, machine.line, "help");
}

static void gdb_command_going_on(struct ktest *test)
{
	KTEST_EXPECT_EQ(test, ask("c"), GDB_CONTINUE);
	KTEST_EXPECT_EQ(test, ask("C05"), GDB_CONTINUE);
	KTEST_EXPECT_EQ(test, ask("s"), GDB_STEP);
	KTEST_EXPECT_EQ(test, ask("S05"), GDB_STEP);
	KTEST_EXPECT_EQ(test, reply.length, 0);
	KTEST_EXPECT_EQ(test, ask("D"), GDB_DETACH);
	KTEST_EXPECT(test, is_reply("OK"));
	KTEST_EXPECT_EQ(test, ask("k"), GDB_KILL);
}

static const struct ktest_case gdb_command_cases[] = {
	KTEST_CASE(gdb_command_registers), KTEST_CASE(gdb_command_memory),
	KTEST_CASE(gdb_command_watches),   KTEST_CASE(gdb_command_stops),
	KTEST_CASE(gdb_command_queries),   KTEST_CASE(gdb_command_going_on),
};
KTEST_SUITE_WITH(gdb_command, gdb_command_cases, .setup = prepare);
