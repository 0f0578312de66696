/* SPDX-License-Identifier: MIT */
/*
 * What the registers of CPUID mean, PURE.
 */
#include "cpuid_text.h"

#include <lib/string.h>

enum {
	BITS = 32,
	FAMILY_EXTENDED = 15, /* the family goes on in another field */
	FAMILY_6 = 6,         /* has more models than one field holds */
};

static const char *const names[CPUID_WORDS][BITS] = {
	[CPUID_1_EDX] = {
		"fpu", "vme", "de", "pse", "tsc", "msr", "pae", "mce",
		"cx8", "apic", NULL, "sep", "mtrr", "pge", "mca", "cmov",
		"pat", "pse36", "pn", "clflush", NULL, "dts", "acpi", "mmx",
		"fxsr", "sse", "sse2", "ss", "ht", "tm", "ia64", "pbe",
	},
	[CPUID_1_ECX] = {
		"pni", "pclmulqdq", "dtes64", "monitor", "ds_cpl", "vmx",
		"smx", "est", "tm2", "ssse3", "cid", "sdbg", "fma", "cx16",
		"xtpr", "pdcm", NULL, "pcid", "dca", "sse4_1", "sse4_2",
		"x2apic", "movbe", "popcnt", "tsc_deadline_timer", "aes",
		"xsave", "osxsave", "avx", "f16c", "rdrand", "hypervisor",
	},
	[CPUID_7_EBX] = {
		"fsgsbase", "tsc_adjust", "sgx", "bmi1", "hle", "avx2", NULL,
		"smep", "bmi2", "erms", "invpcid", "rtm", "cqm", NULL, "mpx",
		"rdt_a", "avx512f", "avx512dq", "rdseed", "adx", "smap",
		"avx512ifma", NULL, "clflushopt", "clwb", "intel_pt",
		"avx512pf", "avx512er", "avx512cd", "sha_ni", "avx512bw",
		"avx512vl",
	},
	[CPUID_7_ECX] = {
		NULL, "avx512vbmi", "umip", "pku", "ospke", "waitpkg",
		"avx512_vbmi2", "shstk", "gfni", "vaes", "vpclmulqdq",
		"avx512_vnni", "avx512_bitalg", "tme", "avx512_vpopcntdq",
		NULL, "la57", NULL, NULL, NULL, NULL, NULL, "rdpid", NULL,
		"bus_lock_detect", "cldemote", NULL, "movdiri", "movdir64b",
		"enqcmd", "sgx_lc", "pks",
	},
	[CPUID_7_EDX] = {
		[4] = "fsrm",
		[8] = "avx512_vp2intersect",
		[10] = "md_clear",
		[14] = "serialize",
		[18] = "pconfig",
		[19] = "arch_lbr",
		[20] = "ibt",
		[22] = "amx_bf16",
		[23] = "avx512_fp16",
		[24] = "amx_tile",
		[25] = "amx_int8",
		[26] = "spec_ctrl",
		[27] = "intel_stibp",
		[28] = "flush_l1d",
		[29] = "arch_capabilities",
		[30] = "core_capabilities",
		[31] = "spec_ctrl_ssbd",
	},
	[CPUID_EXT_1_EDX] = {
		[11] = "syscall",
		[19] = "mp",
		[20] = "nx",
		[22] = "mmxext",
		[25] = "fxsr_opt",
		[26] = "pdpe1gb",
		[27] = "rdtscp",
		[29] = "lm",
		[30] = "3dnowext",
		[31] = "3dnow",
	},
	[CPUID_EXT_1_ECX] = {
		"lahf_lm", "cmp_legacy", "svm", "extapic", "cr8_legacy",
		"abm", "sse4a", "misalignsse", "3dnowprefetch", "osvw", "ibs",
		"xop", "skinit", "wdt", NULL, "lwp", "fma4", "tce", NULL,
		"nodeid_msr", NULL, "tbm", "topoext", "perfctr_core",
		"perfctr_nb", NULL, "bpext", "ptsc", "perfctr_llc", "mwaitx",
		NULL, NULL,
	},
};

const char *cpuid_feature_name(enum cpuid_word word, unsigned int bit)
{
	return word < CPUID_WORDS && bit < BITS ? names[word][bit] : NULL;
}

void cpuid_letters_make(const uint32_t *registers, size_t count, char *text)
{
	const size_t size = count * sizeof(*registers);
	size_t begin = 0, end = 0;

	memcpy(text, registers, size);
	text[size] = '\0';
	while (text[begin] == ' ')
		begin++;
	for (size_t i = begin; text[i] != '\0'; i++) {
		if (text[i] < ' ' || text[i] > '~')
			text[i] = '?';
		if (text[i] != ' ')
			end = i + 1;
	}
	if (end < begin)
		end = begin;
	memmove(text, text + begin, end - begin);
	text[end - begin] = '\0';
}

struct cpuid_version cpuid_version_of(uint32_t eax)
{
	struct cpuid_version version = {
		.family = eax >> 8 & 0xf,
		.model = eax >> 4 & 0xf,
		.stepping = eax & 0xf,
	};

	if (version.family == FAMILY_6 || version.family == FAMILY_EXTENDED)
		version.model |= (eax >> 16 & 0xf) << 4;
	if (version.family == FAMILY_EXTENDED)
		version.family += eax >> 20 & 0xff;
	return version;
}
