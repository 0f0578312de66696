/* SPDX-License-Identifier: MIT */
/*
 * Included before everything on the host: the kernel's own functions of the
 * standard's names get other ones, so that the host's libc and the sanitizers
 * keep theirs, and a test calls the kernel's.
 */
#pragma redefine_extname memcpy tessera_memcpy
#pragma redefine_extname memmove tessera_memmove
#pragma redefine_extname memset tessera_memset
#pragma redefine_extname memcmp tessera_memcmp
#pragma redefine_extname strlen tessera_strlen
#pragma redefine_extname strcmp tessera_strcmp
#pragma redefine_extname strcasecmp tessera_strcasecmp
#pragma redefine_extname strlcpy tessera_strlcpy
#pragma redefine_extname snprintf tessera_snprintf
#pragma redefine_extname vsnprintf tessera_vsnprintf
