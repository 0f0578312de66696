/* SPDX-License-Identifier: MIT */
/*
 * msr: a model-specific register of the CPU, read or written.
 */
#include <arch/msr.h>
#include <kernel/console.h>
#include <kernel/types.h>
#include <shell/command.h>
#include <shell/command_page.h>
#include <shell/error.h>

#include "number_argument.h"

static int show(const struct shell_args *args, uint32_t number)
{
	uint64_t value;
	const int error = msr_read(number, &value);

	if (error != 0)
		shell_error_at(args, 1, "The CPU has no register 0x%x.\n",
			       number);
	else
		console_printf("0x%x: 0x%016lx\n", number, value);
	return error;
}

static int set(const struct shell_args *args, uint32_t number)
{
	static const struct shell_number what = {
		.what = "value",
		.max = UINT64_MAX,
	};
	uint64_t value;
	int error = shell_number_argument(args, 2, &what, &value);

	if (error != 0)
		return error;
	error = msr_write(number, value);
	if (error != 0)
		shell_error_at(args, 2,
			       "The CPU takes no 0x%lx for register 0x%x.\n",
			       value, number);
	return error;
}

static int msr_run(const struct shell_args *args)
{
	static const struct shell_number what = {
		.what = "register",
		.is_hex = true,
		.max = UINT32_MAX,
	};
	uint64_t number;
	int error;

	if (args->count < 2 || args->count > 3)
		return shell_usage(args);
	error = shell_number_argument(args, 1, &what, &number);
	if (error != 0)
		return error;
	return args->count == 2 ? show(args, (uint32_t)number)
				: set(args, (uint32_t)number);
}

SHELL_COMMAND(msr, "<hex> [value]", "read or write a register of the CPU",
	      msr_run);

SHELL_COMMAND_PAGE(
	msr,
	"Reads a model-specific register of the CPU, or writes a value to\n"
	"it. The register is hexadecimal, the value decimal, or\n"
	"hexadecimal behind 0x. One that the CPU refuses is told; what a\n"
	"write does is for you to know.\n"
	"Examples: msr c0000080\n"
	"          msr c0000102 0x1000\n");
