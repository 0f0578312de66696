/* SPDX-License-Identifier: MIT */
/*
 * The console's font, a PSF file as it is (lib/psf.h); the option is a path
 * in quotes.
 */
	.section .rodata.font, "a"
	.balign 8
	.globl font_data_start
	.globl font_data_end
font_data_start:
	.incbin CONFIG_FONT_FILE
font_data_end:
	.type font_data_start, @object
	.size font_data_start, font_data_end - font_data_start

	.section .note.GNU-stack, "", @progbits
