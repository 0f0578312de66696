/* SPDX-License-Identifier: MIT */
/*
 * The console: text goes to every sink at once (screen, serial line).
 *
 * Text is bytes of code page 437. '\n' starts a new line, '\b' moves back by
 * one cell (across a wrapped line, too), '\r' goes to the line's start, '\t'
 * to the next multiple of 8; what else is below 0x20 is left to the sink. So it
 * is for the serial line, too, where the screen takes UTF-8 (CONSOLE_UTF8) or
 * obeys control sequences (CONSOLE_ANSI): every sink gets the bytes themselves.
 *
 * There is no lock: the kernel has one CPU, and only the thread of the kernel
 * prints. Interrupt handlers must not print; exception handlers and panic may,
 * at any point, even inside a sink: a sink that is interrupted is skipped, or
 * entered anew where it will never be resumed. Printing never turns interrupts
 * off.
 */
#ifndef KERNEL_CONSOLE_H
#define KERNEL_CONSOLE_H

#include <kernel/compiler.h>
#include <kernel/set.h>
#include <kernel/types.h>
#include <stdarg.h>

/*
 * A place that shows text. A sink that is not ready, or whose hardware is
 * missing, ignores what it is given. Each function but write may be NULL.
 */
struct console_sink {
	/* For the user, who may choose by it (console=); two that never show
	 * at once may share one. NULL: always there, and not seen. */
	const char *name;
	/* Show @length bytes; every wait on hardware is bounded. A sink that
	 * puts off showing them does so no longer when @length is 0. */
	void (*write)(const char *text, size_t length);
	/* Make the screen empty, the cursor at its top left corner. */
	void (*clear)(void);
	/* Colour of the text to come, 0xRRGGBB. */
	void (*set_color)(uint32_t rgb);
	/* A fatal report begins: forget a sequence that is under way and what
	 * else earlier text may have left that would hide the report, and from
	 * now on show text at once. The screen stays. May find the sink
	 * interrupted, as write may. */
	void (*take_over)(void);
};

SET_DECLARE(console_sinks, const struct console_sink);

/* Registers a static const struct console_sink. */
#define CONSOLE_SINK(sink) SET_ADD(console_sinks, sink)

/*
 * Give a sink that has just become ready the text that came before it: the
 * first 2 KiB of the boot log. From the sink's driver, once.
 */
void console_replay(const struct console_sink *sink);

/*
 * A fatal report begins: the sink that it interrupted, if any, will not be
 * resumed, and may be entered anew. Where the report is @is_nested in another,
 * that sink is what broke it, and is left out from here on; the others begin
 * anew. From panic.c, which counts the report before.
 */
void console_take_over(bool is_nested);

/* Show @length bytes of @text on every sink. */
void console_write(const char *text, size_t length);

/* Show one byte on every sink. */
void console_put_char(char c);

/* Show formatted text on every sink (formats: lib/printf.h). */
void console_printf(const char *format, ...) __printf(1, 2);
void console_vprintf(const char *format, va_list arguments) __printf(1, 0);

/* Clear every sink and home its cursor. */
void console_clear(void);

/* Set the colour of the text to come, 0xRRGGBB, where a sink has colours. */
void console_set_color(uint32_t rgb);

#endif
