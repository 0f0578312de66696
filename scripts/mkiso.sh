#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Make the boot image: one ISO that starts from CD or stick, by BIOS or UEFI.
#
#	scripts/mkiso.sh KERNEL GRUB_CFG STAGING_FOLDER ISO
#
# OBJCOPY and GRUB_MKRESCUE name the tools to use.
set -eu

kernel=$1 grub_cfg=$2 staging=$3 iso=$4

# grub-mkrescue takes the platforms that it finds, and says nothing about one
# that is missing: the image would then not start there.
for platform in i386-pc x86_64-efi; do
	found=
	for folder in /usr/lib/grub /usr/share/grub /usr/local/lib/grub \
		/opt/homebrew/lib/x86_64-elf/grub \
		/usr/local/lib/x86_64-elf/grub; do
		test -e "$folder/$platform/modinfo.sh" && found=1
	done
	# Homebrew has GRUB for BIOS only.
	test "$(uname)-$platform" = Darwin-x86_64-efi && found=1
	if test -z "$found"; then
		echo "GRUB's modules for $platform are missing:" \
			"'make setup' installs them" >&2
		exit 1
	fi
done

# Only what a boot needs, 4 MiB in place of 20. A module that one of the two
# platforms lacks would fail the whole call. The kinds of partition tables are
# there because GRUB's own start on UEFI complains of each that is missing.
modules="multiboot2 normal all_video iso9660 fat part_acorn part_amiga
	part_apple part_bsd part_dfly part_dvh part_gpt part_msdos part_plan
	part_sun part_sunpc"

rm -rf "$staging"
mkdir -p "$staging/boot/grub"
"${OBJCOPY:-objcopy}" --strip-debug "$kernel" "$staging/boot/tessera.elf"
cp "$grub_cfg" "$staging/boot/grub/grub.cfg"

# It and xorriso tell their progress in many lines: they matter only where
# something went wrong.
if ! "${GRUB_MKRESCUE:-grub-mkrescue}" --install-modules="$modules" --fonts= \
	--locales= --themes= --compress=xz -o "$iso" "$staging" \
	>"$staging.log" 2>&1; then
	cat "$staging.log" >&2
	rm -f "$iso"
	exit 1
fi
rm -rf "$staging" "$staging.log"
