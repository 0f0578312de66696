/* SPDX-License-Identifier: MIT */
/*
 * The German layout, PURE: as `de` of xkeyboard-config, as far as code
 * page 437 goes.
 */
#include "../key_layout.h"

/* clang-format off */
const struct key_layout key_layout_de = {
	.name = "de",
	.title = "German",
	.traits = KEY_LAYOUT_ALT_GR | KEY_LAYOUT_KEYPAD_COMMA,
	.levels = {
		"ˆ1234567890ß´"
		"qwertzuiopü+"
		"asdfghjklöä#"
		"<yxcvbnm,.-",

		"°!\" $%&/()=?ˋ"
		"QWERTZUIOPÜ*"
		"ASDFGHJKLÖÄ'"
		">YXCVBNM;:_",

		"  ² ¼½¬{[]}\\¸"
		"@         ¨~"
		"æ         ˆ "
		"|»«¢   µ·  ",

		" ¡ £     ±°¿ "
		"Ω    ¥    ˚ "
		"Æ  ª   &    "
		"       º ÷ ",
	},
};
/* clang-format on */
KEY_LAYOUT(key_layout_de);
