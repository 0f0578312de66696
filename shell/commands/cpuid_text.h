/* SPDX-License-Identifier: MIT */
/*
 * What the registers of CPUID mean, PURE (Intel SDM vol. 2, CPUID; AMD64
 * Architecture Programmer's Manual vol. 3, appendix E).
 */
#ifndef SHELL_COMMANDS_CPUID_TEXT_H
#define SHELL_COMMANDS_CPUID_TEXT_H

#include <stddef.h>
#include <stdint.h>

/* Registers that say which features there are, a bit each. */
enum cpuid_word {
	CPUID_1_EDX,
	CPUID_1_ECX,
	CPUID_7_EBX,
	CPUID_7_ECX,
	CPUID_7_EDX,
	CPUID_EXT_1_EDX, /* of leaf 0x80000001 */
	CPUID_EXT_1_ECX,
	CPUID_WORDS,
};

/* The name of a feature, by Linux's /proc/cpuinfo; NULL where the bit has none,
 * or another leaf has told of it already. Any context. */
const char *cpuid_feature_name(enum cpuid_word word, unsigned int bit);

/* The letters in @count registers, four each, into @text, which has room for
 * them and a zero. Blanks around them are left out. */
void cpuid_letters_make(const uint32_t *registers, size_t count, char *text);

struct cpuid_version {
	unsigned int family, model, stepping;
};

/* What EAX of leaf 1 says. */
struct cpuid_version cpuid_version_of(uint32_t eax);

#endif
