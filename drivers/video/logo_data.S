/* SPDX-License-Identifier: MIT */
/*
 * The console's logo, a PPM file as it is (lib/ppm.h); the option is a path in
 * quotes.
 */
	.section .rodata.logo, "a"
	.globl logo_data_start
	.globl logo_data_end
logo_data_start:
	.incbin CONFIG_CONSOLE_LOGO_FILE
logo_data_end:
	.type logo_data_start, @object
	.size logo_data_start, logo_data_end - logo_data_start

	.section .note.GNU-stack, "", @progbits
