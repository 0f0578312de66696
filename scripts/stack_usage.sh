#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Holds what the functions of an object take of the stack against a limit.
#
#	scripts/stack_usage.sh BYTES FILE.su
#
# FILE.su is what gcc and clang write with -fstack-usage, a line a function:
# its place, file:line:column:name (clang: no column), its bytes, and whether
# they are known. Status 1, and a sentence each, where a function takes more.
set -eu

awk -F '\t' -v most="$1" '
$2 > most + 0 {
	count = split($1, part, ":")
	printf "%s:%s: the function %s takes %d bytes of stack, more than " \
		"the %d of STACK_USAGE_BYTES: make its arrays smaller, static " \
		"or allocated, split it, or raise STACK_USAGE_BYTES\n", \
		part[1], part[2], part[count], $2, most
	failed = 1
}
END {
	exit failed
}' "$2" >&2
