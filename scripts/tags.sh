#!/bin/sh
# SPDX-License-Identifier: MIT
#
# An index of all sources for editors: functions, macros, types, and options by
# their CONFIG_ name.
#
#	scripts/tags.sh FILE FOLDER...
set -eu

file=$1
shift

# Other programs of this name know neither Kconfig nor relative paths.
if ! ctags --version 2>/dev/null | grep -q 'Universal Ctags'; then
	scripts/setup.sh missing 'Universal Ctags' >&2
	exit 1
fi
# The fuzz targets give options values of their own.
find "$@" -path '*tests/fuzz' -prune -o \
	\( -name '*.[chS]' -o -name Kconfig \) -type f -print | sort |
	ctags --tag-relative=always --languages=C,Asm,Kconfig \
		--langmap=C:+.h -o "$file" -L -
echo "$file is written; in Vim: set tags=$file"
