/* SPDX-License-Identifier: MIT */
/*
 * The Multiboot2 header, by which a boot loader knows the kernel and what it
 * asks for: a memory map, and a framebuffer where the configuration has one.
 * The loader finds it within the first 32 KiB of the file, 8-aligned; each tag
 * is 8-aligned, too (Multiboot2 specification 2.0, section 3.1).
 */

#define MULTIBOOT2_MAGIC       0xe85250d6
#define MULTIBOOT2_I386        0
#define HEADER_TAG_END         0
#define HEADER_TAG_REQUEST     1
#define HEADER_TAG_FRAMEBUFFER 5
#define HEADER_TAG_OPTIONAL    1
#define INFO_TAG_MEMORY_MAP    6

	.section .multiboot2, "a"
	.balign 8
header_start:
	.long MULTIBOOT2_MAGIC
	.long MULTIBOOT2_I386
	.long header_end - header_start
	.long -MULTIBOOT2_MAGIC - MULTIBOOT2_I386 - (header_end - header_start)

	.balign 8
	.word HEADER_TAG_REQUEST
	.word 0
	.long 12
	.long INFO_TAG_MEMORY_MAP

#ifdef CONFIG_FRAMEBUFFER
	/* Optional: without a display the kernel shall start all the same. */
	.balign 8
	.word HEADER_TAG_FRAMEBUFFER
	.word HEADER_TAG_OPTIONAL
	.long 20
	.long CONFIG_FB_WIDTH
	.long CONFIG_FB_HEIGHT
	.long CONFIG_FB_BPP
#endif

	.balign 8
	.word HEADER_TAG_END
	.word 0
	.long 8
header_end:

	.section .note.GNU-stack, "", @progbits
