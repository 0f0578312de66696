/* SPDX-License-Identifier: MIT */
/*
 * Tests of what the registers of CPUID mean.
 */
#include "cpuid_text.h"

#include <kernel/ktest.h>
#include <lib/string.h>

enum {
	BITS = 32,
	LETTERS_MAX = 48,
};

static void cpuid_features_have_names(struct ktest *test)
{
	static const struct {
		enum cpuid_word word;
		unsigned int bit;
		const char *name;
	} cases[] = {
		{ CPUID_1_EDX, 0, "fpu" },
		{ CPUID_1_EDX, 9, "apic" },
		{ CPUID_1_EDX, 13, "pge" },
		{ CPUID_1_EDX, 26, "sse2" },
		{ CPUID_1_EDX, 31, "pbe" },
		{ CPUID_1_ECX, 0, "pni" },
		{ CPUID_1_ECX, 13, "cx16" },
		{ CPUID_1_ECX, 20, "sse4_2" },
		{ CPUID_1_ECX, 30, "rdrand" },
		{ CPUID_7_EBX, 7, "smep" },
		{ CPUID_7_EBX, 20, "smap" },
		{ CPUID_7_EBX, 29, "sha_ni" },
		{ CPUID_7_EBX, 31, "avx512vl" },
		{ CPUID_7_ECX, 2, "umip" },
		{ CPUID_7_ECX, 16, "la57" },
		{ CPUID_7_ECX, 31, "pks" },
		{ CPUID_7_EDX, 20, "ibt" },
		{ CPUID_EXT_1_EDX, 20, "nx" },
		{ CPUID_EXT_1_EDX, 29, "lm" },
		{ CPUID_EXT_1_ECX, 2, "svm" },
		{ CPUID_EXT_1_ECX, 29, "mwaitx" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		KTEST_EXPECT_STREQ(
			test, cpuid_feature_name(cases[i].word, cases[i].bit),
			cases[i].name);
	KTEST_EXPECT(test, cpuid_feature_name(CPUID_1_EDX, 10) == NULL);
	KTEST_EXPECT(test, cpuid_feature_name(CPUID_1_EDX, BITS) == NULL);
	KTEST_EXPECT(test, cpuid_feature_name(CPUID_WORDS, 0) == NULL);
}

/* No two features have one name. */
static void cpuid_names_are_unique(struct ktest *test)
{
	for (unsigned int i = 0; i < CPUID_WORDS * BITS; i++) {
		const char *const name = cpuid_feature_name(i / BITS, i % BITS);

		for (unsigned int j = 0; name != NULL && j < i; j++) {
			const char *const other =
				cpuid_feature_name(j / BITS, j % BITS);

			if (other != NULL && strcmp(name, other) == 0)
				KTEST_FAIL(test, "%s is there twice", name);
		}
	}
}

static void expect_letters(struct ktest *test, const char *raw,
			   const char *wanted)
{
	uint32_t registers[LETTERS_MAX / 4];
	char text[LETTERS_MAX + 1];

	memset(text, 'x', sizeof(text));
	memcpy(registers, raw, strlen(raw));
	cpuid_letters_make(registers, strlen(raw) / 4, text);
	KTEST_EXPECT_STREQ(test, text, wanted);
}

static void cpuid_letters_are_trimmed(struct ktest *test)
{
	expect_letters(test, "GenuineIntel", "GenuineIntel");
	expect_letters(test, "  A CPU at 3 GHz    ", "A CPU at 3 GHz");
	expect_letters(test, "        ", "");
	expect_letters(test, "", "");
	expect_letters(test, "a\nb\377", "a?b?");
}

static void cpuid_version_has_more_fields(struct ktest *test)
{
	static const struct {
		uint32_t eax;
		struct cpuid_version version;
	} cases[] = {
		{ 0x000906ea, { 6, 0x9e, 10 } }, /* Coffee Lake */
		{ 0x00870f10, { 23, 0x71, 0 } }, /* Zen 2 */
		{ 0x00000543, { 5, 4, 3 } },     /* Pentium MMX */
		{ 0x00f00f43, { 30, 4, 3 } },    /* no high part of a model */
		{ 0x0ff0f5f3, { 5, 15, 3 } },    /* fields that do not count */
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const struct cpuid_version version =
			cpuid_version_of(cases[i].eax);

		KTEST_EXPECT_EQ(test, version.family, cases[i].version.family);
		KTEST_EXPECT_EQ(test, version.model, cases[i].version.model);
		KTEST_EXPECT_EQ(test, version.stepping,
				cases[i].version.stepping);
	}
}

static const struct ktest_case cpuid_text_cases[] = {
	KTEST_CASE(cpuid_features_have_names),
	KTEST_CASE(cpuid_names_are_unique),
	KTEST_CASE(cpuid_letters_are_trimmed),
	KTEST_CASE(cpuid_version_has_more_fields),
};

KTEST_SUITE(cpuid_text, cpuid_text_cases);
