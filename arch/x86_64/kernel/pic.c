/* SPDX-License-Identifier: MIT */
/*
 * The pair of 8259 interrupt controllers: lines 0 to 7 on the master, 8 to 15
 * on the slave, whose output is the master's line 2. Registers and command
 * words: Intel 8259A data sheet.
 *
 * A line that goes away before the CPU asks for its number comes out as the
 * lowest of its controller (7 or 15), without a bit in the in-service
 * register: such a spurious interrupt gets no end-of-interrupt from us, but
 * the master must have one for a spurious 15, as it did see its line 2.
 */
#include "pic.h"

#include <arch/io.h>

#include "irq_count.h"
#include "layout.h"

enum pic_word {
	ICW1_INIT_WITH_ICW4 = 0x11,
	ICW4_8086 = 0x01,
	OCW2_END_OF_INTERRUPT = 0x20,
	OCW3_READ_IN_SERVICE = 0x0b,
	MASK_ALL = 0xff,
};

enum {
	CASCADE_LINE = 2,
	LOWEST_LINE = 7, /* of either controller, in its own counting */
};

static void pic_write(uint16_t port, uint8_t value)
{
	io_write8(port, value);
	io_delay();
}

void pic_init(void)
{
	pic_write(PIC_MASTER_COMMAND, ICW1_INIT_WITH_ICW4);
	pic_write(PIC_SLAVE_COMMAND, ICW1_INIT_WITH_ICW4);
	pic_write(PIC_MASTER_DATA, VECTOR_IRQ_BASE);
	pic_write(PIC_SLAVE_DATA, VECTOR_IRQ_BASE + PIC_SLAVE_LINES);
	pic_write(PIC_MASTER_DATA, 1 << CASCADE_LINE);
	pic_write(PIC_SLAVE_DATA, CASCADE_LINE);
	pic_write(PIC_MASTER_DATA, ICW4_8086);
	pic_write(PIC_SLAVE_DATA, ICW4_8086);
	pic_write(PIC_MASTER_DATA, MASK_ALL);
	pic_write(PIC_SLAVE_DATA, MASK_ALL);
}

static void pic_clear_mask(uint16_t port, unsigned int bit)
{
	pic_write(port, (uint8_t)(io_read8(port) & ~(1U << bit)));
}

void pic_unmask(unsigned int line)
{
	if (line < PIC_SLAVE_LINES) {
		pic_clear_mask(PIC_MASTER_DATA, line);
		return;
	}
	pic_clear_mask(PIC_SLAVE_DATA, line - PIC_SLAVE_LINES);
	pic_clear_mask(PIC_MASTER_DATA, CASCADE_LINE);
}

/* Only the lowest line of a controller can be spurious. */
static bool pic_is_spurious(uint16_t command_port, unsigned int bit)
{
	if (bit != LOWEST_LINE)
		return false;
	io_write8(command_port, OCW3_READ_IN_SERVICE);
	return (io_read8(command_port) & (1U << bit)) == 0;
}

void pic_dispatch(unsigned int line)
{
	const uint64_t begin = irq_storm_begin();
	const bool on_slave = line >= PIC_SLAVE_LINES;
	const bool spurious =
		on_slave ? pic_is_spurious(PIC_SLAVE_COMMAND,
					   line - PIC_SLAVE_LINES)
			 : pic_is_spurious(PIC_MASTER_COMMAND, line);

	irq_count_note(line, spurious);
	if (!spurious)
		irq_call_handler(line);
	if (on_slave && !spurious)
		io_write8(PIC_SLAVE_COMMAND, OCW2_END_OF_INTERRUPT);
	if (on_slave || !spurious)
		io_write8(PIC_MASTER_COMMAND, OCW2_END_OF_INTERRUPT);
	irq_storm_end(line, begin);
}
