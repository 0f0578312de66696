#!/bin/sh
# SPDX-License-Identifier: MIT
#
# The second half of a compilation.
#
#	scripts/compile.sh STEM SOURCE COMMAND...
#
# COMMAND compiles SOURCE to STEM.o.new, which becomes STEM.o. What it read
# must be what scripts/preprocess.sh looked at: where a file has changed since
# then, the object may be of another text than STEM.i says. STEM.i goes, so
# that the next make compiles again, even if the change was taken back.
set -eu

stem=$1 source=$2
shift 2

"$@" -c -o "$stem.o.new" "$source"
mv -f "$stem.o.new" "$stem.o"
# shellcheck disable=SC2046 # a list of files without blanks
test -z "$(find "$source" $(sed -n '2s/^[^:]*://p' "$stem.d") \
	-newer "$stem.chk" 2>&1)" || rm -f "$stem.i"
