/* SPDX-License-Identifier: MIT */
/*
 * The PCI bus: which device is where, as the firmware left it (PCI Local Bus
 * Specification 3.0, chapter 6). Nothing is placed or switched on here.
 */
#ifndef ARCH_PCI_H
#define ARCH_PCI_H

#include <kernel/types.h>

/* Offsets of 32-bit words of the header. */
enum pci_register {
	PCI_ID = 0x00,      /* vendor, then device */
	PCI_COMMAND = 0x04, /* command, then status */
	PCI_CLASS = 0x08,   /* revision, interface, subclass, base class */
	PCI_HEADER = 0x0c,  /* in byte 2, its layout */
	PCI_BAR0 = 0x10,
	PCI_BUSES = 0x18, /* of a bridge: its own, first and last behind it */
};

enum {
	PCI_HEADER_MULTI_FUNCTION = 1 << 23,
	PCI_HEADER_LAYOUT = 0x7f << 16,
	PCI_HEADER_BRIDGE = 1 << 16, /* the layout of a bridge to a bus */
};

enum {
	PCI_BUS_COUNT = 256,
	PCI_DEVICES = 32,  /* of a bus */
	PCI_FUNCTIONS = 8, /* of a device */
};

/* A function of a device. */
struct pci_function {
	uint8_t bus;
	uint8_t device;   /* 0 to 31 */
	uint8_t function; /* 0 to 7 */
};

/*
 * Find the first function of this vendor, device and class (base class and
 * subclass, 0xCCSS) on the first bus; what lies behind a bridge is not looked
 * at. False where there is none, or no PCI bus. Not for interrupt handlers.
 */
bool pci_find(uint16_t vendor, uint16_t device, uint16_t class_code,
	      struct pci_function *found);

/* The 32-bit word of a function's configuration space at an offset, a multiple
 * of 4 below 256; ones where there is no such function. Not for interrupt
 * handlers, as it takes two steps. */
uint32_t pci_config_read(struct pci_function at, unsigned int offset);

/*
 * Call @found for each function of each device on each bus, in their order. On
 * a machine without PCI there is none. In kernels with PCI_SCAN; some
 * milliseconds. Not for interrupt handlers.
 */
void pci_scan(void (*found)(struct pci_function at));

/*
 * Where a base address register (0 to 5) of a function shows its memory.
 * Returns 0; -EINVAL where it shows I/O ports; -ENODEV where the firmware gave
 * it no address or left the function's memory off. Not for interrupt handlers.
 */
int pci_memory(struct pci_function function, unsigned int bar,
	       phys_addr_t *address);

#endif
