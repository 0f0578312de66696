/* SPDX-License-Identifier: MIT */
/*
 * The British layout, PURE: as `gb` of xkeyboard-config, as far as code
 * page 437 goes.
 */
#include "../key_layout.h"

/* clang-format off */
const struct key_layout key_layout_uk = {
	.name = "uk",
	.title = "British",
	.traits = KEY_LAYOUT_ALT_GR,
	.levels = {
		"`1234567890-="
		"qwertyuiop[]"
		"asdfghjkl;'#"
		"\\zxcvbnm,./",

		"¬!\"£$%^&*()_+"
		"QWERTYUIOP{}"
		"ASDFGHJKL:@~"
		"|ZXCVBNM<>?",

		"| ²  ½ {[]}\\¸"
		"@ e       ¨˜"
		"æß       ´ˆˋ"
		"|«»¢   µ · ",

		"|¡ £¼    ±°¿ "
		"Ω E  ¥    ˚ "
		"Æ  ª   &    "
		" <>    º ÷ ",
	},
};
/* clang-format on */
KEY_LAYOUT(key_layout_uk);
