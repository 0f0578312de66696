/* SPDX-License-Identifier: MIT */
/*
 * A panic that ends in a debugger.
 */
#ifndef KERNEL_GDB_PANIC_H
#define KERNEL_GDB_PANIC_H

#include <kernel/panic.h>

/* Stop where the panic was, once it is told, and wait for a gdb. */
void gdb_panic_enter(const struct panic_cause *cause);

#endif
