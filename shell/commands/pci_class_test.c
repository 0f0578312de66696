/* SPDX-License-Identifier: MIT */
/*
 * Tests of the names of classes.
 */
#include "pci_class.h"

#include <kernel/ktest.h>
#include <lib/string.h>

enum {
	CODES = 0x10000,
	NAME_MAX = 30,
};

static void pci_class_has_a_name(struct ktest *test)
{
	static const struct {
		uint16_t code;
		const char *name;
	} cases[] = {
		{ 0x0101, "IDE controller" },
		{ 0x0106, "SATA controller" },
		{ 0x01fe, "storage controller" },
		{ 0x0200, "Ethernet controller" },
		{ 0x0300, "VGA display" },
		{ 0x0600, "host bridge" },
		{ 0x0601, "ISA bridge" },
		{ 0x0604, "PCI bridge" },
		{ 0x0680, "bridge" },
		{ 0x0c03, "USB controller" },
		{ 0x0c05, "SMBus controller" },
		{ 0x1400, "unknown" },
		{ 0xff00, "of no class" },
		{ 0xffff, "of no class" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		KTEST_EXPECT_STREQ(test, pci_class_name(cases[i].code),
				   cases[i].name);
}

/* Each fits in its line, whatever the code. */
static void pci_class_names_fit(struct ktest *test)
{
	for (unsigned int code = 0; code < CODES; code++)
		KTEST_ASSERT(test, strlen(pci_class_name((uint16_t)code)) <=
					   NAME_MAX);
}

static const struct ktest_case pci_class_cases[] = {
	KTEST_CASE(pci_class_has_a_name),
	KTEST_CASE(pci_class_names_fit),
};

KTEST_SUITE(pci_class, pci_class_cases);
