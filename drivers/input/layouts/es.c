/* SPDX-License-Identifier: MIT */
/*
 * The Spanish layout, PURE: as `es` of xkeyboard-config, as far as code
 * page 437 goes.
 */
#include "../key_layout.h"

/* clang-format off */
const struct key_layout key_layout_es = {
	.name = "es",
	.title = "Spanish",
	.traits = KEY_LAYOUT_ALT_GR,
	.levels = {
		"º1234567890'¡"
		"qwertyuiopˋ+"
		"asdfghjklñ´ç"
		"<zxcvbnm,.-",

		"ª!\"·$%&/()=?¿"
		"QWERTYUIOPˆ*"
		"ASDFGHJKLÑ¨Ç"
		">ZXCVBNM;:_",

		"\\|@#~½¬{[]}\\¸"
		"@         []"
		"æß       ˜{}"
		"|«»¢   µ · ",

		"\\¡ £$    ±°¿ "
		"Ω ¢  ¥    ˚ "
		"Æ  ª   &    "
		" <>    º ÷ ",
	},
};
/* clang-format on */
KEY_LAYOUT(key_layout_es);
