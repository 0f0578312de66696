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
#
# STACK_USAGE_BYTES, of the environment, is what a function may take of the stack,
# in bytes; 0: anything. Where one takes more there is no object.
set -eu

stem=$1 source=$2
shift 2

"$@" -c -o "$stem.o.new" "$source"
test "${STACK_USAGE_BYTES:-0}" = 0 || test ! -e "$stem.o.su" || {
	scripts/stack_usage.sh "$STACK_USAGE_BYTES" "$stem.o.su"
	rm -f "$stem.o.su"
}
mv -f "$stem.o.new" "$stem.o"
# shellcheck disable=SC2046 # a list of files without blanks
test -z "$(find "$source" $(sed -n '2s/^[^:]*://p' "$stem.d") \
	-newer "$stem.chk" 2>&1)" || rm -f "$stem.i"
