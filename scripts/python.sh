#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Run a Python script with a Python that can import what it needs.
#
#	scripts/python.sh MODULES SCRIPT [ARGUMENTS]
#
# MODULES is a list with commas, or - for none. Where the first python3 on
# PATH is not the system's (pyenv, conda, a virtual environment), modules that
# the system's packages brought are invisible to it: so try several. The
# system's own comes before PATH's: `make setup` installs for that one, and a
# wrapper such as pyenv's takes longer to start than a configuration takes.
set -u

# The sources may lie where nothing can be written.
export PYTHONDONTWRITEBYTECODE=1

modules=$1
shift
test "$modules" = - && modules=

# Exit status 0 where this Python is new enough and has every module.
probe='
import sys
from importlib.util import find_spec
names = [name for name in sys.argv[1].split(",") if name]
sys.exit(sys.version_info < (3, 9) or any(find_spec(n) is None for n in names))
'

for python in "${PYTHON:-}" .venv/bin/python3 /usr/bin/python3 python3 \
	/usr/local/bin/python3 /opt/homebrew/bin/python3; do
	command -v "${python:-none}" >/dev/null || continue
	if "$python" -c "$probe" "$modules" </dev/null 2>/dev/null; then
		exec "$python" "$@"
	fi
done

# A script that asks what is missing is told by its exit status alone.
test "$1" = -c && exit 1
if test -n "$modules"; then
	"${0%/*}/setup.sh" missing "Python 3.9 or later with $modules" >&2
else
	"${0%/*}/setup.sh" missing 'Python 3.9 or later' >&2
fi
exit 1
