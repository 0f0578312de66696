#!/bin/sh
# SPDX-License-Identifier: MIT
#
# A compiler with a store of objects: compile what was compiled before by
# copying.
#
#	CC="scripts/kmatrix/cached.sh gcc" make O=DIR
#
# The second half of a compilation (scripts/preprocess.sh has the first) has
# the preprocessed text in x.i when it makes x.o. That text and the words of
# the command are all that an object comes from: their sum is its name in the
# folder MATRIX_STORE. The name of the output folder, MATRIX_OUT, does not
# count: only the lines that tell where the text is from have it.
set -eu

object=
for word; do
	case $word in
	*.o.new) object=$word ;;
	esac
done
text=${object%.o.new}.i
if test -z "$object" || ! test -e "$text"; then
	exec "$@"
fi

sum=$({ echo "$*" && cat "$text"; } | sed "s|$MATRIX_OUT|OUT|g" | sha256sum)
stored=$MATRIX_STORE/${sum%% *}
if ! test -e "$stored"; then
	"$@"
	cp "$object" "$stored.$$"
	mv -f "$stored.$$" "$stored"
else
	cp "$stored" "$object"
fi
