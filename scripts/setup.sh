#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Install what the build, the runner and the tests need and this machine lacks.
# Asks nothing, and does nothing where nothing is missing.
#
#	scripts/setup.sh			install
#	scripts/setup.sh missing NAME	the sentence on a tool that is not here,
#					with its package on this machine
set -u
cd "$(dirname "$0")/.." || exit 1

# What is needed, one a line: the kind of thing and its name, which tell how
# to see that it is there; then its package for apt-get, dnf, pacman and brew.
# "-": not to be had, or there anyway. "pip": into .venv, a folder of our own.
needs() {
	cat <<-'END'
	tool gcc gcc gcc gcc x86_64-elf-gcc
	tool ld binutils binutils binutils x86_64-elf-binutils
	tool make make make make make
	have libc libc6-dev glibc-devel glibc -
	tool clang clang clang clang llvm
	have clang-sanitizers libclang-rt-dev compiler-rt compiler-rt -
	have libasan - libasan - -
	have libubsan - libubsan - -
	tool ld.lld lld lld lld lld
	tool llvm-objcopy llvm llvm llvm llvm
	tool clang-format clang-format clang-tools-extra clang clang-format
	tool clang-tidy clang-tidy clang-tools-extra clang llvm
	tool shellcheck shellcheck ShellCheck shellcheck shellcheck
	have ctags universal-ctags ctags ctags universal-ctags
	tool qemu-system-x86_64 qemu-system-x86 qemu-system-x86 qemu-system-x86 qemu
	have gdb gdb gdb gdb x86_64-elf-gdb
	have window qemu-system-gui qemu-ui-gtk qemu-ui-gtk -
	have mkimage grub-common grub2-tools grub x86_64-elf-grub
	have grub-bios grub-pc-bin grub2-pc-modules grub x86_64-elf-grub
	have grub-uefi grub-efi-amd64-bin grub2-efi-x64-modules grub -
	tool xorriso xorriso xorriso libisoburn xorriso
	tool mformat mtools mtools mtools mtools
	tool faketime faketime libfaketime libfaketime libfaketime
	have ovmf ovmf edk2-ovmf edk2-ovmf -
	tool python3 python3 python3 python python3
	module kconfiglib python3-kconfiglib python3-kconfiglib pip pip
	module pytest python3-pytest python3-pytest python-pytest pip
	module xdist python3-pytest-xdist python3-pytest-xdist python-pytest-xdist pip
	module gcovr gcovr gcovr pip pip
	module pyflakes python3-pyflakes python3-pyflakes python-pyflakes pip
	module pycodestyle python3-pycodestyle python3-pycodestyle python-pycodestyle pip
	END
}

# any FILE...: is one of them there?
any() {
	for file; do
		test -e "$file" && return 0
	done
	return 1
}

# is_there KIND NAME: is what a line names on this machine?
is_there() {
	case $1-$2 in
	tool-gcc | tool-ld)
		command -v "$2" >/dev/null || command -v "x86_64-elf-$2" ;;
	tool-*) command -v "$2" ;;
	module-*) scripts/python.sh "$2" -c '' 2>/dev/null ;;
	have-libc) any /usr/include/stdio.h ;;
	have-clang-sanitizers)
		any "$(clang --print-resource-dir 2>/dev/null)"/lib/*/libclang_rt.fuzzer*.a ;;
	have-libasan | have-libubsan)
		any "$(gcc --print-file-name="${2}.so" 2>/dev/null)" ;;
	have-ctags) ctags --version 2>/dev/null | grep 'Universal Ctags' ;;
	have-gdb) command -v gdb || command -v x86_64-elf-gdb ;;
	have-window)
		# Only where there is a display to open a window on.
		test -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ||
			any /usr/lib/*/qemu/ui-gtk.so /usr/lib*/qemu/ui-gtk.so \
				/usr/lib*/qemu-kvm/ui-gtk.so ;;
	have-mkimage)
		command -v grub-mkimage || command -v grub2-mkimage ||
			command -v x86_64-elf-grub-mkimage ;;
	have-grub-bios)
		any /usr/lib/grub/i386-pc /usr/local/lib/grub/i386-pc \
			/opt/homebrew/lib/x86_64-elf/grub/i386-pc ;;
	have-grub-uefi) any /usr/lib/grub/x86_64-efi /usr/local/lib/grub/x86_64-efi ;;
	have-ovmf) any /usr/share/OVMF /usr/share/edk2* /usr/share/qemu/edk2* ;;
	esac >/dev/null
}

# missing COLUMN: what is not there, and its package in that column.
missing() {
	# The usual case, in one go: a Python that has every module.
	modules=
	scripts/python.sh kconfiglib,pytest,xdist,gcovr,pyflakes,pycodestyle -c '' 2>/dev/null && modules=1
	needs | while read -r kind name packages; do
		test "$kind$modules" = module1 && continue
		is_there "$kind" "$name" && continue
		package=$(echo "$packages" | cut -d ' ' -f "$1")
		test "$package" = - || echo "$name $package"
	done
}

# as_root COMMAND...
as_root() {
	if test "$(id -u)" = 0; then
		"$@"
	elif command -v sudo >/dev/null; then
		sudo "$@"
	else
		echo "Only root can install packages, and sudo is missing." \
			"As root: $*" >&2
		return 1
	fi
}

# install MANAGER PACKAGE...
install() {
	manager=$1
	shift
	case $manager in
	apt-get)
		as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y \
			--no-install-recommends install "$@" ;;
	dnf) as_root dnf -q -y install "$@" ;;
	pacman) as_root pacman -S --noconfirm --needed "$@" ;;
	brew) brew install --quiet "$@" ;;
	esac
}

# The manager of packages that this machine has, and its column above.
find_manager() {
	found=
	column=0
	for manager in apt-get dnf pacman brew; do
		column=$((column + 1))
		command -v $manager >/dev/null && found=$manager && return
	done
}

# name_of TOOL: what the list above calls it.
name_of() {
	case ${1#x86_64-elf-} in
	objcopy | addr2line | nm) echo ld ;;
	grub-mkimage | grub2-mkimage) echo mkimage ;;
	"GRUB for i386-pc") echo grub-bios ;;
	"GRUB for x86_64-efi") echo grub-uefi ;;
	"Universal Ctags") echo ctags ;;
	"Python 3.9 or later") echo python3 ;;
	"Python 3.9 or later with "*)
		for module in $(echo "${1##* }" | tr , ' '); do
			is_there module "$module" || break
		done
		echo "$module" ;;
	mcopy | mmd) echo mformat ;;
	*) echo "${1#x86_64-elf-}" ;;
	esac
}

# tell_missing TOOL: the one sentence for all that needs it.
tell_missing() {
	find_manager
	line=$(needs | grep "^[a-z]* $(name_of "$1") ")
	case $1 in
	x86_64-elf-*) test -d /System/Library/CoreServices || line= ;;
	esac
	if test -z "$line" && test "${1#Python }" = "$1"; then
		echo "$1 is missing, and nothing that 'make setup' installs:" \
			"CC=, LD=, OBJCOPY=, LLVM=, CROSS_COMPILE= and CHECK= choose tools"
		return
	fi
	package=$(echo "$line" | cut -d ' ' -f $((column + 2)))
	case ${found:+$package} in
	'' | -) echo "$1 is missing: 'make setup' installs it" ;;
	pip) echo "$1 is missing: 'make setup' installs it (by pip, into .venv)" ;;
	*) echo "$1 is missing: 'make setup' installs it (package $package of $found)" ;;
	esac
}

# only_known PACKAGE...: without those that this release of apt-get's system
# does not have: what they bring comes with another one there.
only_known() {
	for package; do
		test "$found" = apt-get &&
			! apt-cache show "$package" >/dev/null 2>&1 && continue
		echo "$package"
	done
}

# Python modules that the system has no package of.
install_modules() {
	python3 -m venv --system-site-packages .venv &&
		.venv/bin/python3 -m pip install --quiet \
			kconfiglib==14.1.0 pytest pytest-xdist gcovr \
			pyflakes pycodestyle
}

# The tests hold our .config against that of kconfig-conf, where there is a
# package of it; elsewhere they say so and do without.
want_oracle() {
	test "$found" = apt-get || return 0
	command -v kconfig-conf >/dev/null && return 0
	apt-cache show kconfig-frontends-nox >/dev/null 2>&1 || return 0
	echo "setup: apt-get installs kconfig-frontends-nox"
	install apt-get kconfig-frontends-nox </dev/null ||
		echo "setup: goes on without kconfig-conf; its tests are skipped"
}

if test "${1:-}" = missing; then
	tell_missing "$2"
	exit
fi
find_manager
lack=$(missing "$column")
if test -z "$lack"; then
	want_oracle
	echo "setup: everything is there"
	exit 0
fi
if test -z "$found"; then
	echo "No package manager that is known here (apt-get, dnf, pacman," \
		"brew). Please install:" \
		"$(echo "$lack" | cut -d ' ' -f 1 | paste -s -d ' ' -)" >&2
	exit 1
fi

test "$found" != apt-get || as_root apt-get -q update </dev/null
packages=$(echo "$lack" | cut -d ' ' -f 2 | grep -vx pip | sort -u |
	paste -s -d ' ' -)
if test -n "$packages"; then
	echo "setup: $found installs $packages"
	# shellcheck disable=SC2046,SC2086 # the packages are words
	install "$found" $(only_known $packages) </dev/null || exit 1
fi
modules=$(needs | sed -n 's/^module \([a-z]*\) .*/\1/p')
if missing "$column" | cut -d ' ' -f 1 | grep -qxF "$modules"; then
	echo "setup: pip installs the Python modules into .venv"
	test "$found" != apt-get || install apt-get python3-venv </dev/null || exit 1
	install_modules </dev/null || exit 1
fi

lack=$(missing "$column")
if test -n "$lack"; then
	echo "setup: still missing after the installation:" \
		"$(echo "$lack" | cut -d ' ' -f 1 | paste -s -d ' ' -)" >&2
	exit 1
fi
want_oracle
echo "setup: everything is there now"
