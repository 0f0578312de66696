/* SPDX-License-Identifier: MIT */
/*
 * The Colemak layout (US), PURE: as `us(colemak)` of xkeyboard-config, as far
 * as code page 437 goes.
 */
#include "../key_layout.h"

/* clang-format off */
const struct key_layout key_layout_colemak = {
	.name = "colemak",
	.title = "Colemak, US",
	.traits = KEY_LAYOUT_ALT_GR | KEY_LAYOUT_CAPS_IS_BACKSPACE,
	.levels = {
		"`1234567890-="
		"qwfpgjluy;[]"
		"arstdhneio'\\"
		"-zxcvbkm,./",

		"~!@#$%^&*()_+"
		"QWFPGJLUY:{}"
		"ARSTDHNEIO\"|"
		"_ZXCVBKM<>?",

		"˜¡ºª¢        "
		"äå     úüö«»"
		"áˋß´¨ ñéíó ~"
		" æˆç  ˚ ¸ ¿",

		"~ ² £¥      ÷"
		"ÄÅ  ~   ÜÖ  "
		" ~  ~~ÑÉ   ~"
		" Æ~Ç ~~~~~~",
	},
};
/* clang-format on */
KEY_LAYOUT(key_layout_colemak);
