/* SPDX-License-Identifier: MIT */
/*
 * Lines of KTAP, indented by how deep their list lies in others.
 */
#ifndef KERNEL_KTEST_LINE_H
#define KERNEL_KTEST_LINE_H

/* Print the blanks before a line; the console stands at a line's start. */
void ktest_line_begin(unsigned int depth);

#endif
