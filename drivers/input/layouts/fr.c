/* SPDX-License-Identifier: MIT */
/*
 * The French layout, PURE: as `fr` of xkeyboard-config, as far as code
 * page 437 goes.
 */
#include "../key_layout.h"

/* clang-format off */
const struct key_layout key_layout_fr = {
	.name = "fr",
	.title = "French",
	.traits = KEY_LAYOUT_ALT_GR,
	.levels = {
		"²&é\"'(-è_çà)="
		"azertyuiopˆ$"
		"qsdfghjklmù*"
		"<wxcvbn,;:!",

		"~1234567890°+"
		"AZERTYUIOP¨£"
		"QSDFGHJKLM%µ"
		">WXCVBN?./ ",

		"¬ ~#{[|`\\^@]}"
		"æ«        ¨ "
		"@ß       µˆˋ"
		"| »¢   ´ · ",

		"¬¡ £$    ±°¿ "
		"Æ<¢  ¥    ˚ "
		"Ω  ª   & º  "
		"  >      ÷ ",
	},
};
/* clang-format on */
KEY_LAYOUT(key_layout_fr);
