#!/bin/sh
# SPDX-License-Identifier: MIT
#
# The first half of a compilation: find out whether there is need of the
# second.
#
#	scripts/preprocess.sh STEM OPTIONS AUTOCONF_H NEWER COMMAND...
#
# COMMAND preprocesses a source to its standard output and writes what it read,
# as a make rule, to STEM.d.new. This script then leaves
#
#	STEM.i		the preprocessed text and FLAGS; untouched where they are
#			the same
#	STEM.why	what was newer when the text last changed
#	STEM.d		STEM.chk depends on the source, its headers, and the
#			single options that any of them names, or FLAGS depend on
#	STEM.chk	empty; its time is that at which the reading began
#
# FLAGS, of the environment, are those of the command that options add for this
# object, FLAG_OPTIONS the names of these options.
#
# OPTIONS is the folder with one file an option. A name there is none for (in a
# comment, say) is no option. NEWER is what make found newer than STEM.chk.
#
# It may be killed between any two lines: each file is put in place whole, and
# STEM.chk, without which all of this is done again, comes last.
set -eu

stem=$1 options=$2 autoconf=$3 newer=$4
shift 4

command -v "$1" >/dev/null || {
	scripts/setup.sh missing "$1" >&2
	exit 1
}
: >"$stem.chk.new"
"$@" >"$stem.i.new"
test -z "$FLAGS" || echo "/* $FLAGS */" >>"$stem.i.new"

# The compiler's rule is "TARGET: source header header \", over several lines.
files=
while read -r line; do
	files="$files ${line%\\}"
done <"$stem.d.new"
source=
headers=
for file in ${files#*: }; do
	case $file in
	"$autoconf") ;;
	*) headers="${source:+$headers $file}" source=${source:-$file} ;;
	esac
done

# shellcheck disable=SC2086 # a list of files without blanks
names=$(grep -ohE 'CONFIG_[A-Za-z0-9_]*([[:space:]]*##)?' "$source" $headers) ||
	test $? = 1
# A name on the command line reaches any source.
case $* in
*CONFIG_*) names="$names CONFIG_" ;;
esac
wanted=
for name in $names $FLAG_OPTIONS; do
	file=$options/${name#CONFIG_}
	# The beginning of a name, as for ##, may become any.
	case $name in
	*_ | *'##') file=$autoconf ;;
	esac
	case "$wanted " in
	*" $file "*) continue ;;
	esac
	test ! -e "$file" || wanted="$wanted $file"
done

# The Makefile knows of the source. It is not named as a file here, or make
# would hold on to an x.c that has become x.S. The second line is for
# scripts/compile.sh, too.
{
	echo "$stem.chk: \$(if \$(wildcard $source),,FORCE)"
	echo "$stem.chk:$headers$wanted"
	for file in $headers; do
		echo "$file:"
	done
} >"$stem.d.new"

if test -e "$stem.i" && cmp -s "$stem.i.new" "$stem.i"; then
	rm -f "$stem.i.new"
else
	echo "$newer" >"$stem.why"
	mv -f "$stem.i.new" "$stem.i"
fi
mv -f "$stem.d.new" "$stem.d"
mv -f "$stem.chk.new" "$stem.chk"
