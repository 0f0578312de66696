/* SPDX-License-Identifier: MIT */
/*
 * What was chosen to happen after a panic, and what every machine can do.
 */
#include <arch/machine.h>
#include <kernel/console.h>
#include <kernel/console_flush.h>
#include <kernel/errno.h>
#include <kernel/log.h>
#include <kernel/panic_action.h>
#include <kernel/util.h>
#include <lib/string.h>

#include "panic_choice.h"

enum {
	SECOND_MS = 1000,
	COUNTED_SECONDS = 10, /* the last ones, each told */
};

SET_DEFINE(panic_actions);

static_assert(CONFIG_PANIC_REBOOT_SECONDS <= PANIC_SECONDS_MAX,
	      "the range of PANIC_REBOOT_SECONDS");

static const char *chosen = IS_ENABLED(CONFIG_PANIC_REBOOT)      ? "reboot"
			    : IS_ENABLED(CONFIG_PANIC_POWER_OFF) ? "poweroff"
			    : IS_ENABLED(CONFIG_PANIC_EXIT)      ? "exit"
			    : IS_ENABLED(CONFIG_PANIC_DEBUGGER)  ? "debugger"
								 : "halt";
static uint32_t chosen_seconds = CONFIG_PANIC_REBOOT_SECONDS;

static const struct panic_action *action_find(const char *name)
{
	SET_FOREACH(action, panic_actions) {
		if (strcmp((*action)->name, name) == 0)
			return *action;
	}
	return NULL;
}

/* One that other options bring. */
static bool is_of_an_option(const char *name)
{
	return strcmp(name, "exit") == 0 || strcmp(name, "debugger") == 0;
}

int panic_action_set(const char *value)
{
	struct panic_choice choice = { .seconds = chosen_seconds };
	const struct panic_action *action;

	if (panic_choice_parse(value, &choice) != 0)
		return -EINVAL;
	action = action_find(choice.name);
	if (action == NULL) {
		if (!is_of_an_option(choice.name))
			return -EINVAL;
		log_warn("panic: this kernel is built without '%s'",
			 choice.name);
		return 0;
	}
	chosen = action->name;
	chosen_seconds = choice.seconds;
	return 0;
}

void panic_act(const struct panic_cause *cause)
{
	const struct panic_action *action = action_find(chosen);

	if (action != NULL)
		action->act(cause, chosen_seconds);
}

static void halt_act(const struct panic_cause *cause, uint32_t seconds)
{
	(void)cause;
	(void)seconds;
}

static void count_down(uint32_t seconds)
{
	console_printf("Rebooting in %u s.", seconds);
	console_flush();
	for (; seconds != 0; seconds--) {
		if (seconds <= COUNTED_SECONDS) {
			console_printf(" %u", seconds);
			console_flush();
		}
		machine_wait_ms(SECOND_MS);
	}
	console_put_char('\n');
	console_flush();
}

static void reboot_act(const struct panic_cause *cause, uint32_t seconds)
{
	if (cause != NULL)
		count_down(seconds);
	machine_reboot();
}

static void power_off_act(const struct panic_cause *cause, uint32_t seconds)
{
	(void)seconds;
	if (cause != NULL) {
		console_printf("Switching the machine off.\n");
		console_flush();
	}
	machine_power_off();
	if (cause != NULL)
		console_printf("It stays on.\n");
}

PANIC_ACTION(halt, halt_act);
PANIC_ACTION(reboot, reboot_act);
PANIC_ACTION(poweroff, power_off_act);
