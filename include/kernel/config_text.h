/* SPDX-License-Identifier: MIT */
/*
 * The configuration that the image was built from, where EMBED_CONFIG is on.
 */
#ifndef KERNEL_CONFIG_TEXT_H
#define KERNEL_CONFIG_TEXT_H

#include <kernel/types.h>

/* Lines as a .config file has them; constant, and usable in any context. */
extern const char config_text[];

/* Its bytes, without the 0 at its end. */
extern const size_t config_text_length;

#endif
