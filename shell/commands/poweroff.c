/* SPDX-License-Identifier: MIT */
/*
 * poweroff: switches the machine off, as its firmware says, else as the
 * hypervisors that we know have it.
 */
#include <arch/machine.h>
#include <drivers/acpi.h>
#include <kernel/console.h>
#include <kernel/console_flush.h>
#include <kernel/errno.h>
#include <shell/command.h>
#include <shell/command_page.h>

static const char *reason_of(int error)
{
	switch (error) {
	case -ENOENT:
		return "there are no ACPI tables";
	case -EIO:
		return "its ACPI tables make no sense";
	case -ENODEV:
		return "its ACPI tables do not say how";
	case -ENOMEM:
		return "there is no memory to read its ACPI tables";
	default:
		return "it does not do what its ACPI tables say";
	}
}

static int poweroff_run(const struct shell_args *args)
{
	int error;

	if (args->count != 1)
		return shell_usage(args);
	console_printf("Switching the machine off.\n");
	console_flush();
	error = acpi_power_off();
	machine_power_off();
	console_printf("The machine stays on: %s.\n", reason_of(error));
	return error;
}

SHELL_COMMAND(poweroff, "", "switch the machine off", poweroff_run);

SHELL_COMMAND_PAGE(
	poweroff,
	"Switches the machine off, as the tables that its firmware has\n"
	"for that (ACPI) say; where that does not help and there is a\n"
	"hypervisor, by the ports of QEMU and VirtualBox. A machine that\n"
	"stays on says why.\n");
