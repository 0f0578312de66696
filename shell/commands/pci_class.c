/* SPDX-License-Identifier: MIT */
/*
 * The classes of PCI devices by their names, PURE.
 */
#include "pci_class.h"

#include <kernel/util.h>
#include <stddef.h>

enum {
	ANY = 0xff, /* the subclass of a name for the rest of its base class */
};

/* Those of a base class stand together, the one for the rest last. */
static const struct {
	uint8_t base, sub;
	const char *name;
} classes[] = {
	{ 0x00, 0x01, "VGA, old" },
	{ 0x00, ANY, "device, old" },
	{ 0x01, 0x00, "SCSI controller" },
	{ 0x01, 0x01, "IDE controller" },
	{ 0x01, 0x02, "floppy controller" },
	{ 0x01, 0x04, "RAID controller" },
	{ 0x01, 0x05, "ATA controller" },
	{ 0x01, 0x06, "SATA controller" },
	{ 0x01, 0x07, "SAS controller" },
	{ 0x01, 0x08, "NVMe controller" },
	{ 0x01, ANY, "storage controller" },
	{ 0x02, 0x00, "Ethernet controller" },
	{ 0x02, ANY, "network controller" },
	{ 0x03, 0x00, "VGA display" },
	{ 0x03, 0x02, "3D controller" },
	{ 0x03, ANY, "display" },
	{ 0x04, 0x01, "audio device" },
	{ 0x04, 0x03, "HD audio device" },
	{ 0x04, ANY, "multimedia device" },
	{ 0x05, 0x00, "RAM" },
	{ 0x05, ANY, "memory controller" },
	{ 0x06, 0x00, "host bridge" },
	{ 0x06, 0x01, "ISA bridge" },
	{ 0x06, 0x04, "PCI bridge" },
	{ 0x06, 0x07, "CardBus bridge" },
	{ 0x06, ANY, "bridge" },
	{ 0x07, 0x00, "serial controller" },
	{ 0x07, 0x01, "parallel controller" },
	{ 0x07, ANY, "communication controller" },
	{ 0x08, 0x00, "interrupt controller" },
	{ 0x08, 0x01, "DMA controller" },
	{ 0x08, 0x02, "timer" },
	{ 0x08, 0x03, "real-time clock" },
	{ 0x08, 0x05, "SD host controller" },
	{ 0x08, 0x06, "IOMMU" },
	{ 0x08, ANY, "system device" },
	{ 0x09, 0x00, "keyboard" },
	{ 0x09, 0x02, "mouse" },
	{ 0x09, ANY, "input device" },
	{ 0x0a, ANY, "docking station" },
	{ 0x0b, ANY, "processor" },
	{ 0x0c, 0x00, "FireWire controller" },
	{ 0x0c, 0x03, "USB controller" },
	{ 0x0c, 0x05, "SMBus controller" },
	{ 0x0c, ANY, "serial bus controller" },
	{ 0x0d, ANY, "wireless controller" },
	{ 0x0e, ANY, "intelligent controller" },
	{ 0x0f, ANY, "satellite controller" },
	{ 0x10, ANY, "encryption controller" },
	{ 0x11, ANY, "signal processing controller" },
	{ 0x12, ANY, "accelerator" },
	{ 0x13, ANY, "instrument" },
	{ 0xff, ANY, "of no class" },
};

const char *pci_class_name(uint16_t class_code)
{
	for (size_t i = 0; i < ARRAY_SIZE(classes); i++) {
		if (classes[i].base == class_code >> 8 &&
		    (classes[i].sub == (class_code & 0xff) ||
		     classes[i].sub == ANY))
			return classes[i].name;
	}
	return "unknown";
}
