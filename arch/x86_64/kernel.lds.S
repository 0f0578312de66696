/* SPDX-License-Identifier: MIT */
/*
 * Where everything lies. The boot part runs at its physical address; the rest
 * is linked KERNEL_BASE higher than it is loaded. Every change of rights
 * begins a new page, so that no page is both writable and executable; without
 * memory management there are no rights, and all lies close together.
 */
#include "kernel/layout.h"

#ifdef CONFIG_MM
#define RIGHTS_CHANGE . = ALIGN(4096);
#define BSS_SEGMENT   :data
#else
#define RIGHTS_CHANGE
#define BSS_SEGMENT   :bss /* its alignment is no gap in the file */
#endif

OUTPUT_FORMAT(elf64-x86-64)
ENTRY(_start)

PHDRS
{
	boot_text PT_LOAD FLAGS(5);
	boot_bss PT_LOAD FLAGS(6);
	text PT_LOAD FLAGS(5);
	rodata PT_LOAD FLAGS(4);
	data PT_LOAD FLAGS(6);
#ifndef CONFIG_MM
	bss PT_LOAD FLAGS(6);
#endif
#ifdef CONFIG_BOOT_PVH
	pvh_note PT_NOTE FLAGS(4);
#endif
}

SECTIONS
{
	. = KERNEL_LOAD;
	image_start = .;
	.boot.text : {
		KEEP(*(.multiboot2))
		*(.boot.text)
		*(.boot.rodata)
	} :boot_text
#ifdef CONFIG_BOOT_PVH
	.note.Xen : { KEEP(*(.note.Xen)) } :boot_text :pvh_note
#endif
	. = ALIGN(4096);
	.boot.bss (NOLOAD) : { *(.boot.bss) } :boot_bss
	. = ALIGN(4096);

	. += KERNEL_BASE;
	.text : AT(ADDR(.text) - KERNEL_BASE) {
		text_start = .;
		*(.text .text.*)
		RIGHTS_CHANGE
		text_end = .;
	} :text
	.rodata : AT(ADDR(.rodata) - KERNEL_BASE) {
		rodata_start = .;
		*(.rodata .rodata.*)
		KEEP(*(SORT_BY_NAME(.set.*)))
#ifdef CONFIG_BUILD_ID
		. = ALIGN(4);
		build_id_start = .;
		KEEP(*(.note.gnu.build-id))
#endif
#ifdef CONFIG_SYMBOLS
		/* Behind the code: it does not move when they come in. */
		symbols_start = .;
		KEEP(*(.symbols))
		symbols_end = .;
#endif
		RIGHTS_CHANGE
		rodata_end = .;
	} :rodata
	.data : AT(ADDR(.data) - KERNEL_BASE) {
		data_start = .;
#ifdef CONFIG_PROTECT_TABLES
		protected_start = .;
		*(.data.protected)
		. = ALIGN(4096);
		protected_end = .;
#endif
		*(.data .data.*)
#ifdef CONFIG_KASAN
		. = ALIGN(8);
		kasan_constructors = .;
		KEEP(*(.init_array .init_array.*))
		kasan_constructors_end = .;
#endif
	} :data
	.bss : AT(ADDR(.bss) - KERNEL_BASE) {
		*(.bss .bss.* COMMON)
		. = ALIGN(4096);
#ifndef CONFIG_KASAN
		data_end = .;
#endif
	} BSS_SEGMENT
#ifdef CONFIG_KASAN
	/* A byte for 8 of the image, from its load address on. */
	kasan_image_start = KERNEL_BASE + KERNEL_LOAD;
	kasan_image_end = .;
	kasan_shadow_start = .;
	.kasan (NOLOAD) : AT(ADDR(.kasan) - KERNEL_BASE) {
		. = . + ((kasan_image_end - kasan_image_start) / 8 + 4095) /
			4096 * 4096;
	} :data
	kasan_shadow_end = .;
	data_end = .;
	kasan_shadow_load = kasan_shadow_start - KERNEL_BASE;
	kasan_shadow_load_end = kasan_shadow_end - KERNEL_BASE;
	ASSERT(kasan_shadow_load_end <= KASAN_IMAGE_MAX,
	       "KASAN: the image is larger than KASAN_IMAGE_MAX of layout.h")
#endif
	image_end = . - KERNEL_BASE;

	ASSERT(trap_entries_end - trap_entries ==
	       VECTOR_COUNT * VECTOR_ENTRY_BYTES,
	       "an entry of vectors.S is longer than VECTOR_ENTRY_BYTES")

	/DISCARD/ : {
		*(.comment .note.gnu* .note.GNU-stack .eh_frame*)
		*(.fini_array .fini_array.*)
	}
}
