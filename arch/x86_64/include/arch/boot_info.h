/* SPDX-License-Identifier: MIT */
/*
 * What the boot loader told, in a form of our own: the loader's memory need
 * not be kept once it is parsed. One static copy of the struct is the truth
 * for the whole kernel (boot_info_get()).
 */
#ifndef ARCH_BOOT_INFO_H
#define ARCH_BOOT_INFO_H

#include <kernel/types.h>

enum {
	BOOT_RANGES_MAX = 256,
	BOOT_MODULES_MAX = 16,
	BOOT_STRING_MAX = 256,
	BOOT_LINE_MAX = 512, /* of the command line, its zero included */
};

/* The kernel manages no memory above 1 TiB: ranges are cut there. */
#define BOOT_PHYS_LIMIT 0x10000000000UL

/* What can be reached through phys_to_virt() before paging_init(). */
#define BOOT_MAPPED_BYTES 0x100000000UL

enum boot_range_kind {
	BOOT_RANGE_USABLE,
	BOOT_RANGE_RESERVED,
	BOOT_RANGE_ACPI,     /* tables that could be reclaimed once read */
	BOOT_RANGE_ACPI_NVS, /* the firmware's own, to be left alone */
	BOOT_RANGE_BAD,
};

/* Bytes of physical memory: [base, base + size). Never empty, and never over
 * BOOT_PHYS_LIMIT. */
struct boot_range {
	uint64_t base;
	uint64_t size;
	enum boot_range_kind kind;
};

/* A colour channel of a pixel: its lowest bit and its width in bits. */
struct boot_channel {
	uint8_t shift;
	uint8_t bits;
};

/* A linear framebuffer of direct colour. */
struct boot_framebuffer {
	phys_addr_t address;
	uint32_t width;  /* pixels */
	uint32_t height; /* pixels */
	uint32_t pitch;  /* bytes from a row to the next */
	uint8_t bits_per_pixel;
	struct boot_channel red, green, blue;
};

struct boot_info {
	struct boot_range ranges[BOOT_RANGES_MAX];
	size_t range_count;
	size_t ranges_dropped; /* had no room in the table */
	struct boot_range modules[BOOT_MODULES_MAX];
	size_t module_count;
	struct boot_range loader_data; /* the information itself */
	struct boot_range image;       /* the kernel's own memory */
	bool has_framebuffer;
	struct boot_framebuffer framebuffer;
	char loader_name[BOOT_STRING_MAX];
	char command_line[BOOT_LINE_MAX]; /* "" where there is none */
	bool command_line_is_cut;         /* the loader had a longer one */
};

/* What the loader told. Valid once boot_info_init() has returned. */
const struct boot_info *boot_info_get(void);

/*
 * Where ACPI's root pointer is, or a copy of it, by the loader; 0 where it did
 * not tell. In kernels with ACPI_POWER_OFF, after paging_init(). For the
 * thread.
 */
phys_addr_t boot_acpi_root(void);

/*
 * Read the loader's information; panics with a sentence where there is no
 * usable memory map. Once, before frames_init().
 */
void boot_info_init(void);

#endif
