/* SPDX-License-Identifier: MIT */
/*
 * pci: what is on the PCI buses, a line each: where, vendor and device, class.
 */
#include <arch/pci.h>
#include <kernel/console.h>
#include <kernel/errno.h>
#include <kernel/types.h>
#include <shell/command.h>
#include <shell/command_page.h>

#include "pci_class.h"

static unsigned int count;

static void print_function(struct pci_function at)
{
	const uint32_t id = pci_config_read(at, PCI_ID);
	const uint16_t class_code =
		(uint16_t)(pci_config_read(at, PCI_CLASS) >> 16);
	const uint32_t header = pci_config_read(at, PCI_HEADER);

	count++;
	console_printf("%02x:%02x.%x %04x:%04x %04x %s", at.bus, at.device,
		       at.function, id & 0xffff, id >> 16, class_code,
		       pci_class_name(class_code));
	if ((header & PCI_HEADER_LAYOUT) == PCI_HEADER_BRIDGE) {
		const uint32_t buses = pci_config_read(at, PCI_BUSES);

		console_printf(" to bus %02x", buses >> 8 & 0xff);
		if ((buses >> 16 & 0xff) != (buses >> 8 & 0xff))
			console_printf(" to %02x", buses >> 16 & 0xff);
	}
	console_printf("\n");
}

static int pci_run(const struct shell_args *args)
{
	if (args->count != 1)
		return shell_usage(args);
	count = 0;
	pci_scan(print_function);
	if (count != 0)
		return 0;
	console_printf("This machine has no PCI bus.\n");
	return -ENODEV;
}

SHELL_COMMAND(pci, "", "list the devices on the PCI buses", pci_run);

SHELL_COMMAND_PAGE(
	pci,
	"Lists what is on the PCI buses: bus, device and function; vendor\n"
	"and device; class, by its number and its name; of a bridge the\n"
	"buses behind it.\n");
