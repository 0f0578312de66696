/* SPDX-License-Identifier: MIT */
/*
 * QEMU's fw_cfg device: small files that whoever starts the machine gives to
 * the guest, by `-fw_cfg name=opt/NAME,string=TEXT`.
 */
#ifndef DRIVERS_QEMU_FW_CFG_H
#define DRIVERS_QEMU_FW_CFG_H

#include <kernel/types.h>

/*
 * Read the file @name as a text: at most @size - 1 bytes of it, then a zero.
 * Returns how many bytes the file has; -ENODEV where the machine has no such
 * device or the device no such file, and @text is untouched. The device is at
 * fixed ports, which another machine may use for something else.
 * Not for interrupt handlers: a read in between would mix two files.
 */
int qemu_fw_cfg_read(const char *name, char *text, size_t size);

#endif
