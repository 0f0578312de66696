/* SPDX-License-Identifier: MIT */
/*
 * The classes of PCI devices by their names, PURE (PCI Code and ID Assignment
 * Specification 1.11, chapter 1).
 */
#ifndef SHELL_COMMANDS_PCI_CLASS_H
#define SHELL_COMMANDS_PCI_CLASS_H

#include <stdint.h>

/* The name of a base class and subclass, 0xCCSS: of the two, else of the base
 * class, else "unknown". Any context. */
const char *pci_class_name(uint16_t class_code);

#endif
