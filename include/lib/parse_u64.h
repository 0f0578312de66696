/* SPDX-License-Identifier: MIT */
/*
 * Numbers as people write them, PURE: decimal, or hexadecimal behind 0x or 0X.
 */
#ifndef LIB_PARSE_U64_H
#define LIB_PARSE_U64_H

#include <stdint.h>

/* The whole text as a number. Returns 0; -EINVAL where it is none; -ERANGE for
 * one over 64 bits. *@value is untouched then. Any context. */
int parse_u64(const char *text, uint64_t *value);

#endif
