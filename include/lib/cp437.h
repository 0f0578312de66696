/* SPDX-License-Identifier: MIT */
/*
 * Code page 437, the characters of a PC in text mode, PURE. Any context.
 */
#ifndef LIB_CP437_H
#define LIB_CP437_H

#include <stdint.h>

/* The byte that shows a code point, or -ENOENT. */
int32_t cp437_byte_of(uint32_t code_point);

#endif
