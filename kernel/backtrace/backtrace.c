/* SPDX-License-Identifier: MIT */
/*
 * Prints the frames of a stack. Of a long way the first ones and the last ones
 * are shown. What faults on its way is tried once more: it may have been a sink
 * of the console, which is left out by then.
 */
#include <arch/stack_walk.h>
#include <kernel/backtrace.h>
#include <kernel/console.h>
#include <kernel/symbols.h>

enum {
	FIRST_FRAMES = 24,
	LAST_FRAMES = 8,
	WALKS_MAX = 2,

	NOTE_HEAD_BYTES = 16,
	BUILD_BYTES = 8, /* that are told, of 20 */
};

/* A note that the linker fills in, a sum of all of the image. */
extern const uint8_t build_id_start[];

/* Walks that are under way. */
static unsigned int walks;

static size_t frames_count(const struct stack_place *place)
{
	struct stack_walk walk;
	struct stack_frame frame;
	size_t count = 0;

	stack_walk_begin(&walk, &stack_machine, place);
	while (stack_walk_next(&walk, &frame))
		count++;
	return count;
}

static void frame_print(size_t number, const struct stack_frame *frame)
{
	char text[SYMBOL_TEXT_BYTES];

	console_printf("  #%zu ", number);
	if (frame->trap != STACK_NO_TRAP) {
		stack_trap_describe(frame->trap, text, sizeof(text));
		console_printf("<%s> ", text);
	}
	console_printf("%s0x%llx", frame->is_return ? "" : "at ",
		       (unsigned long long)frame->address);
	if (frame->is_return
		    ? symbol_describe_return(frame->address, text, sizeof(text))
		    : symbol_describe(frame->address, text, sizeof(text)))
		console_printf(" %s", text);
	console_put_char('\n');
}

static void frames_print(const struct stack_place *place)
{
	const size_t count = frames_count(place);
	const size_t left_out = count > FIRST_FRAMES + LAST_FRAMES
					? count - FIRST_FRAMES - LAST_FRAMES
					: 0;
	struct stack_walk walk;
	struct stack_frame frame;

	stack_walk_begin(&walk, &stack_machine, place);
	for (size_t i = 0; stack_walk_next(&walk, &frame); i++) {
		if (left_out == 0 || i < FIRST_FRAMES ||
		    i >= FIRST_FRAMES + left_out)
			frame_print(i, &frame);
		else if (i == FIRST_FRAMES)
			console_printf("  ... %zu more\n", left_out);
	}
	if (walk.why != NULL)
		console_printf("backtrace ends: %s 0x%llx\n", walk.why,
			       (unsigned long long)walk.culprit);
}

/* By this scripts/decode-trace knows the image that the addresses are of. */
static void build_tell(void)
{
	console_printf("backtrace of build ");
	for (size_t i = 0; i < BUILD_BYTES; i++)
		console_printf("%02x", build_id_start[NOTE_HEAD_BYTES + i]);
	console_printf(":\n");
}

static void place_print(const struct stack_place *place)
{
	if (walks == WALKS_MAX) {
		console_printf("backtrace: none, it faults\n");
		return;
	}
	walks++;
	build_tell();
	frames_print(place);
	walks--;
}

void backtrace_print_interrupted(uint64_t pc, uint64_t stack_pointer,
				 uint64_t frame_pointer)
{
	const struct stack_place place = { pc, stack_pointer, frame_pointer };

	place_print(&place);
}

void backtrace_print(uint64_t pc, uint64_t frame_pointer)
{
	const struct stack_place place = { pc, 0, frame_pointer };

	place_print(&place);
}

void backtrace_print_callers(uint64_t frame_pointer)
{
	const struct stack_place place = { 0, 0, frame_pointer };

	place_print(&place);
}
