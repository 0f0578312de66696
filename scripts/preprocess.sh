#!/bin/sh
# SPDX-License-Identifier: MIT
#
# The first half of a compilation: find out whether there is need of the
# second.
#
#	scripts/preprocess.sh STEM OPTIONS AUTOCONF_H COMMAND...
#
# COMMAND preprocesses a source to its standard output and writes what it read,
# as make rules, to STEM.d. This script then leaves
#
#	STEM.i		the preprocessed text; untouched where it is the same
#	STEM.d		STEM.chk depends on the source, its headers, and the
#			single options that any of them names
#	STEM.chk	touched: all of this was looked at now
#
# OPTIONS is the folder with one file an option. A name there is none for (in a
# comment, say) is no option.
set -eu

stem=$1 options=$2 autoconf=$3
shift 3

trap 'rm -f "$stem.i.new"' EXIT
"$@" >"$stem.i.new"

# The compiler's rule: "STEM.chk: file file \", over several lines, then a line
# "file:" for each header.
files=$(sed -n -e '1,/[^\\]$/{s/^[^ ]*:[ ]*//;s/\\$//;p;}' "$stem.d")
read=
for file in $files; do
	test "$file" = "$autoconf" || read="$read $file"
done
# shellcheck disable=SC2086 # a list of files without blanks
names=$(grep -ohE 'CONFIG_[A-Z0-9_]+' $read | sort -u) || :
wanted=
for name in $names; do
	test ! -e "$options/${name#CONFIG_}" ||
		wanted="$wanted $options/${name#CONFIG_}"
done
{
	echo "$stem.chk:$read$wanted"
	for file in $read $wanted; do
		echo "$file:"
	done
} >"$stem.d"

cmp -s "$stem.i.new" "$stem.i" || mv "$stem.i.new" "$stem.i"
: >"$stem.chk"
