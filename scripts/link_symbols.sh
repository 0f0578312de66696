#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Link an image that has the names of its functions in it (option SYMBOLS).
#
#	scripts/link_symbols.sh IMAGE FOLDER LINK...
#
# LINK is the command that links all objects; ASSEMBLE assembles. The image is
# linked once without names, into FOLDER; from that comes the table of names,
# which lies behind the code; then it is linked with the table, and the table
# is held against the result: no function may have moved. What it costs is
# written to FOLDER/cost.
set -eu

image=$1 folder=$2
shift 2

mkdir -p "$folder"
"$@" -o "$folder/nameless.elf"
scripts/python.sh - scripts/symbols.py --make "$folder/table.S" \
	"$folder/nameless.elf" </dev/null
# shellcheck disable=SC2086 # a command with its arguments
$ASSEMBLE -c -o "$folder/table.o" "$folder/table.S"
"$@" -o "$image" "$folder/table.o"
scripts/python.sh - scripts/symbols.py "$image" </dev/null >"$folder/cost"
rm -f "$folder/nameless.elf"
