/* SPDX-License-Identifier: MIT */
/*
 * All devices on all buses. Each bus is asked, and not only those behind the
 * bridges that are found: some machines have several that start by themselves.
 */
#include <arch/pci.h>

/* No function has these for vendor and device. */
static const uint32_t nobody = UINT32_MAX;

static void scan_device(struct pci_function at,
			void (*found)(struct pci_function at))
{
	unsigned int functions = PCI_FUNCTIONS;

	for (at.function = 0; at.function < functions; at.function++) {
		if (pci_config_read(at, PCI_ID) != nobody)
			found(at);
		/* Where there is but one, it may answer to all. */
		if (at.function == 0 && !(pci_config_read(at, PCI_HEADER) &
					  PCI_HEADER_MULTI_FUNCTION))
			functions = 1;
	}
}

void pci_scan(void (*found)(struct pci_function at))
{
	for (unsigned int bus = 0; bus < PCI_BUS_COUNT; bus++) {
		struct pci_function at = { .bus = (uint8_t)bus };

		for (; at.device < PCI_DEVICES; at.device++) {
			/* There is no device without its first function. */
			if (pci_config_read(at, PCI_ID) != nobody)
				scan_device(at, found);
		}
	}
}
