/* SPDX-License-Identifier: MIT */
/*
 * The fonts that can be chosen while the kernel runs, each a PSF file as it is.
 * The one that the console begins with is font_data.S, and not here once more.
 */
	.macro font_file name, path
	.balign 8
	.globl font_\name\()_start
	.globl font_\name\()_end
font_\name\()_start:
	.incbin "\path"
font_\name\()_end:
	.type font_\name\()_start, @object
	.size font_\name\()_start, font_\name\()_end - font_\name\()_start
	.endm

	.section .rodata.font, "a"
#ifndef CONFIG_FONT_VGA_8X8
	font_file vga_8x8, drivers/video/fonts/vga-8x8.psf
#endif
#ifndef CONFIG_FONT_VGA_8X14
	font_file vga_8x14, drivers/video/fonts/vga-8x14.psf
#endif
#ifndef CONFIG_FONT_VGA_8X16
	font_file vga_8x16, drivers/video/fonts/vga-8x16.psf
#endif
#ifndef CONFIG_FONT_VGA_16X32
	font_file vga_16x32, drivers/video/fonts/vga-16x32.psf
#endif

	.section .note.GNU-stack, "", @progbits
