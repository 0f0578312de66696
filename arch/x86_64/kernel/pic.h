/* SPDX-License-Identifier: MIT */
/*
 * The pair of 8259 interrupt controllers.
 */
#ifndef ARCH_KERNEL_PIC_H
#define ARCH_KERNEL_PIC_H

#include <kernel/types.h>

enum pic_port {
	PIC_MASTER_COMMAND = 0x20,
	PIC_MASTER_DATA = 0x21,
	PIC_SLAVE_COMMAND = 0xa0,
	PIC_SLAVE_DATA = 0xa1,
};

enum {
	PIC_SLAVE_LINES = 8, /* the slave's first line */
};

/* Move the lines to VECTOR_IRQ_BASE and mask every one. Interrupts off. */
void pic_init(void);

/* Let a line through. Interrupts off. */
void pic_unmask(unsigned int line);

/* Keep it from coming through. Interrupts off; in kernels with IRQ_STORM. */
void pic_mask(unsigned int line);

/*
 * Serve an interrupt of a line: find out whether it is real, call the line's
 * handler, tell the controllers. From trap_handle().
 */
void pic_dispatch(unsigned int line);

/* Call the handler of a line (irq.c). */
void irq_call_handler(unsigned int line);

#endif
