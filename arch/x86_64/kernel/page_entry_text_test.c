/* SPDX-License-Identifier: MIT */
/*
 * Tests of the names of an entry's bits.
 */
#include <kernel/ktest.h>

#include "page_entry.h"

static void page_entry_text_names_bits(struct ktest *test)
{
	static const struct {
		uint64_t entry;
		unsigned int level;
		const char *words;
	} entries[] = {
		{ 0, LEVEL_PT, "not present" },
		{ ~ENTRY_PRESENT, LEVEL_PD, "not present" },
		{ 0x1000 | 0x63, LEVEL_PT, "P RW A D" },
		{ 0x80000000fd0011eb, LEVEL_PD, "P RW PWT A D PS G PAT XD" },
		{ 0x1081, LEVEL_PT, "P PAT" },
		{ 0x2000 | 0x63, LEVEL_PDPT, "P RW A" },
		{ UINT64_MAX, LEVEL_PT, "P RW US PWT PCD A D PAT G XD" },
		{ UINT64_MAX, LEVEL_PDPT, "P RW US PWT PCD A D PS G PAT XD" },
		{ 0x8000000000001107, LEVEL_PML4, "P RW US XD" },
	};
	char text[PAGE_ENTRY_TEXT_BYTES];

	for (size_t i = 0; i < ARRAY_SIZE(entries); i++) {
		page_entry_describe(entries[i].entry, entries[i].level, text,
				    sizeof(text));
		KTEST_EXPECT_STREQ(test, text, entries[i].words);
	}
}

static void page_entry_text_is_cut(struct ktest *test)
{
	char text[6];

	page_entry_describe(0x1000 | 0x63, LEVEL_PT, text, sizeof(text));
	KTEST_EXPECT_STREQ(test, text, "P RW ");
	page_entry_describe(UINT64_MAX, LEVEL_PT, text, 1);
	KTEST_EXPECT_STREQ(test, text, "");
}

static const struct ktest_case page_entry_text_cases[] = {
	KTEST_CASE(page_entry_text_names_bits),
	KTEST_CASE(page_entry_text_is_cut),
};
KTEST_SUITE_WITH(page_entry_text, page_entry_text_cases, .parent = "arch");
