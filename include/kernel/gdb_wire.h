/* SPDX-License-Identifier: MIT */
/*
 * The line to gdb: bytes both ways, by polling. Any context, interrupts off or
 * on.
 */
#ifndef KERNEL_GDB_WIRE_H
#define KERNEL_GDB_WIRE_H

#include <kernel/types.h>

/* Is there a line? From the early drivers on. */
bool gdb_wire_is_there(void);

/* The next byte, or -EAGAIN where none has come. */
int gdb_wire_read(void);

/* Send a byte; -ETIMEDOUT where the line does not take it for long. */
int gdb_wire_write(uint8_t byte);

/* Where it is, for who is to connect: "port 0x2f8 at 115200 baud". */
const char *gdb_wire_name(void);

#endif
