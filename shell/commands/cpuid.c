/* SPDX-License-Identifier: MIT */
/*
 * cpuid: which CPU this is and what it can do, or a leaf as it is.
 */
#include <arch/cpu_id.h>
#include <kernel/console.h>
#include <kernel/types.h>
#include <kernel/util.h>
#include <lib/string.h>
#include <shell/command.h>
#include <shell/command_page.h>

#include "cpuid_text.h"
#include "number_argument.h"

enum {
	LEAF_VENDOR = 0,
	LEAF_VERSION = 1,
	LEAF_FEATURES = 7,
	VENDOR_WORDS = 3,
	BRAND_LEAVES = 3,
	BRAND_WORDS = BRAND_LEAVES * 4,
	BITS = 32,
	COLUMNS = 78,
};

static const uint32_t leaf_extended = 0x80000000;
static const uint32_t leaf_ext_features = 0x80000001;
static const uint32_t leaf_brand = 0x80000002;

/* A leaf; zeros where the CPU has no such one. */
static struct cpu_id leaf_if_any(uint32_t leaf)
{
	const uint32_t first = leaf < leaf_extended ? 0 : leaf_extended;
	const uint32_t last = cpu_id_sub(first, 0).eax;

	if (leaf > last || last < first)
		return (struct cpu_id){ 0 };
	return cpu_id_sub(leaf, 0);
}

static void print_vendor(void)
{
	const struct cpu_id id = cpu_id_sub(LEAF_VENDOR, 0);
	const uint32_t words[VENDOR_WORDS] = { id.ebx, id.edx, id.ecx };
	char vendor[sizeof(words) + 1];

	cpuid_letters_make(words, VENDOR_WORDS, vendor);
	console_printf("Vendor: %s\n", vendor);
}

static void print_brand(void)
{
	uint32_t words[BRAND_WORDS];
	char brand[sizeof(words) + 1];

	for (uint32_t i = 0; i < BRAND_LEAVES; i++) {
		const struct cpu_id id = leaf_if_any(leaf_brand + i);

		words[4 * i] = id.eax;
		words[4 * i + 1] = id.ebx;
		words[4 * i + 2] = id.ecx;
		words[4 * i + 3] = id.edx;
	}
	cpuid_letters_make(words, BRAND_WORDS, brand);
	if (brand[0] != '\0')
		console_printf("Brand: %s\n", brand);
}

static void print_version(void)
{
	const struct cpuid_version version =
		cpuid_version_of(leaf_if_any(LEAF_VERSION).eax);

	console_printf("Family %u, model %u, stepping %u\n", version.family,
		       version.model, version.stepping);
	console_printf("Leaves: 0x0 to 0x%x, 0x80000000 to 0x%x\n",
		       cpu_id_sub(LEAF_VENDOR, 0).eax,
		       cpu_id_sub(leaf_extended, 0).eax);
}

/* A word, at the column: in the next line where it does not fit. The column
 * behind it. */
static size_t print_word(const char *word, size_t column)
{
	const size_t length = strlen(word) + 1;

	if (column + length > COLUMNS) {
		console_printf("\n  %s", word);
		return 1 + length;
	}
	console_printf(" %s", word);
	return column + length;
}

static void print_features(void)
{
	static const char title[] = "Features:";
	const struct cpu_id version = leaf_if_any(LEAF_VERSION);
	const struct cpu_id more = leaf_if_any(LEAF_FEATURES);
	const struct cpu_id extended = leaf_if_any(leaf_ext_features);
	const uint32_t words[CPUID_WORDS] = {
		version.edx, version.ecx,  more.ebx,     more.ecx,
		more.edx,    extended.edx, extended.ecx,
	};
	size_t column = sizeof(title) - 1;

	console_printf("%s", title);
	for (unsigned int i = 0; i < CPUID_WORDS * BITS; i++) {
		const char *const name = cpuid_feature_name(i / BITS, i % BITS);

		if (name != NULL && words[i / BITS] >> i % BITS & 1)
			column = print_word(name, column);
	}
	console_printf("\n");
}

static int show_leaf(const struct shell_args *args)
{
	static const struct shell_number numbers[] = {
		{ .what = "leaf", .is_hex = true, .max = UINT32_MAX },
		{ .what = "subleaf", .is_hex = true, .max = UINT32_MAX },
	};
	uint64_t leaf = 0, subleaf = 0;
	struct cpu_id id;
	int error = shell_number_argument(args, 1, &numbers[0], &leaf);

	if (error == 0 && args->count == 3)
		error = shell_number_argument(args, 2, &numbers[1], &subleaf);
	if (error != 0)
		return error;
	id = cpu_id_sub((uint32_t)leaf, (uint32_t)subleaf);
	console_printf("EAX=%08x EBX=%08x ECX=%08x EDX=%08x\n", id.eax, id.ebx,
		       id.ecx, id.edx);
	return 0;
}

static int cpuid_run(const struct shell_args *args)
{
	if (args->count > 3)
		return shell_usage(args);
	if (args->count > 1)
		return show_leaf(args);
	print_vendor();
	print_brand();
	print_version();
	print_features();
	return 0;
}

SHELL_COMMAND(cpuid, "[<hex> [<hex>]]", "tell about the CPU, or show a leaf",
	      cpuid_run);

SHELL_COMMAND_PAGE(
	cpuid,
	"Tells vendor, brand, family and features of the CPU. With a\n"
	"leaf, and a subleaf where it has some, the four registers that\n"
	"the instruction CPUID gives for it; both are hexadecimal.\n"
	"Features have the names that Linux gives them.\n"
	"Example: cpuid 7 0\n");
