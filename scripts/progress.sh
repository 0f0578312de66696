#!/bin/sh
# SPDX-License-Identifier: MIT
#
# A bar and a count of what a build has come to.
#
#	scripts/progress.sh FILE TOTAL
#
# Each call is one thing more. FILE gets a byte for each, which several jobs
# may write at once; its size is the count.
set -eu

file=$1 total=$2
width=20

printf . >>"$file"
done=$(wc -c <"$file")
test "$done" -le "$total" || done=$total
full=$((done * width / total))
bar=$(printf "%${width}s" '' | tr ' ' .)
printf '[%s%s] %*d/%d' "$(printf "%${full}s" '' | tr ' ' '#')" \
	"${bar#"$(printf "%${full}s" '' | tr ' ' .)"}" ${#total} "$done" "$total"
