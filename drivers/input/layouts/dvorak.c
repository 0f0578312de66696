/* SPDX-License-Identifier: MIT */
/*
 * The Dvorak layout (US), PURE: as `us(dvorak)` of xkeyboard-config, as far as
 * code page 437 goes.
 */
#include "../key_layout.h"

/* clang-format off */
const struct key_layout key_layout_dvorak = {
	.name = "dvorak",
	.title = "Dvorak, US",
	.levels = {
		"`1234567890[]"
		"',.pyfgcrl/="
		"aoeuidhtns-\\"
		"<;qjkxbmwvz",

		"~!@#$%^&*(){}"
		"\"<>PYFGCRL?+"
		"AOEUIDHTNS_|"
		">:QJKXBMWVZ",
	},
};
/* clang-format on */
KEY_LAYOUT(key_layout_dvorak);
