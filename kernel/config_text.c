/* SPDX-License-Identifier: MIT */
/*
 * The configuration of this very image, as a text: what the build wrote into
 * a header, between two lines by which scripts/extract-config finds it in a
 * file. The whole is a configuration itself: the two lines are comments.
 */
#include <generated/config_text.h>
#include <kernel/config_text.h>

#define FIRST_LINE "# ---- Configuration of Tessera " TESSERA_VERSION " ----\n"
#define LAST_LINE  "# ---- End of the configuration ----\n"

const char config_text[] = FIRST_LINE KERNEL_CONFIGURATION LAST_LINE;

const size_t config_text_length = sizeof(config_text) - 1;
