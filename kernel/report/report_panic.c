/* SPDX-License-Identifier: MIT */
/*
 * The report of panic(): its message and who called it. The message is made
 * before it is shown, so that it can be shown again; where that faults, over an
 * argument that points nowhere, the format itself is shown.
 */
#include <kernel/backtrace.h>
#include <kernel/console.h>
#include <kernel/report.h>
#include <lib/printf.h>

enum {
	MESSAGE_BYTES = 512, /* a longer one is cut */
};

static struct {
	const char *format;
	char text[MESSAGE_BYTES];
	bool is_made;
	uint64_t frame_pointer;
} message;

static void tell_message(const void *subject)
{
	(void)subject;
	console_printf("\nKERNEL PANIC: %s\n",
		       message.is_made ? message.text : message.format);
}

static void tell_callers(const void *subject)
{
	(void)subject;
	backtrace_print_callers(message.frame_pointer);
}

static const report_part_fn parts[] = { tell_message, tell_callers };

static void message_make(const char *format, va_list arguments)
{
	vsnprintf(message.text, sizeof(message.text), format, arguments);
	message.is_made = true;
}

void report_panic(const struct panic_cause *cause, uint64_t frame_pointer,
		  const char *format, va_list arguments)
{
	static const struct report report = {
		.parts = parts,
		.count = sizeof(parts) / sizeof(parts[0]),
	};

	const bool is_first = !report_has_begun();

	if (is_first) {
		message.format = format;
		message.frame_pointer = frame_pointer;
		report_begin(&report);
	}
	if (panic_enter() || is_first) {
		message_make(format, arguments);
	} else {
		console_printf("\nKERNEL PANIC in the report: ");
		console_vprintf(format, arguments);
		console_put_char('\n');
	}
	report_go_on();
	panic_finish(cause);
}
