#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Make the boot image: one ISO that starts from CD or stick, by BIOS or UEFI.
#
#	scripts/mkiso.sh KERNEL GRUB_CFG STAGING_FOLDER ISO
#
# OBJCOPY and GRUB_MKIMAGE name the tools to use, STRIP_FLAG the word by which
# OBJCOPY strips the kernel (--strip-debug), GRUB_PC and GRUB_EFI the folders of
# GRUB's modules.
#
# The same input gives the same bytes, whoever makes it, when and where. That
# is why this does not call grub-mkrescue, which puts the clock into GRUB, and
# lays out files in the order of their inodes.
set -eu

kernel=$1 grub_cfg=$2 staging=$3 iso=$4

# Every date in the image, as seconds (mtools) and as xorriso writes it.
export SOURCE_DATE_EPOCH=946684800 TZ=UTC LC_ALL=C
date=2000010100000000
# No settings of the user's.
export MTOOLSRC=/dev/null MTOOLS_SKIP_CHECK=1

# need_modules FOLDER PLATFORM
need_modules() {
	test -n "$1" || {
		scripts/setup.sh missing "GRUB for $2" >&2
		exit 1
	}
}

# grub_image FORMAT FOLDER FILE [OPTION...] MODULE...: GRUB in one file, with
# only the modules that a boot needs.
grub_image() {
	format=$1 folder=$2 file=$3
	shift 3
	"${GRUB_MKIMAGE:-grub-mkimage}" -O "$format" -d "$folder" -o "$file" \
		-p /boot/grub "$@" multiboot2 all_video iso9660 normal
}

# UEFI reads its loader from a file system of its own, and does not tell GRUB
# where the rest is: GRUB looks for the file that only this image has.
uefi_image() {
	cat >"$staging/search.cfg" <<-END
		search --file --set=root /boot/$id
		set prefix=(\$root)/boot/grub
	END
	grub_image x86_64-efi "$GRUB_EFI" "$staging/BOOTX64.EFI" \
		-c "$staging/search.cfg" search search_fs_file
	mformat -C -f 1440 -N 0 -i "$tree/efi.img" ::
	mmd -i "$tree/efi.img" ::/EFI ::/EFI/BOOT
	mcopy -i "$tree/efi.img" "$staging/BOOTX64.EFI" ::/EFI/BOOT
}

need_modules "$GRUB_PC" i386-pc
uefi="--efi-boot efi.img -efi-boot-part --efi-boot-image"
# Homebrew has GRUB for BIOS only.
test "$(uname)" = Darwin && uefi=
test -z "$uefi" || need_modules "$GRUB_EFI" x86_64-efi

tree=$staging/tree
rm -rf "$staging"
mkdir -p "$tree/boot/grub"
"${OBJCOPY:-objcopy}" "${STRIP_FLAG:---strip-debug}" "$kernel" "$tree/boot/tessera.elf"
# Room behind the text, into which `make run APPEND=` puts boot parameters
# (scripts/tessera/parameters.py).
{ cat "$grub_cfg"; printf '%600s' '' | tr ' ' '\n'; } >"$tree/boot/grub/grub.cfg"
id=$(cat "$tree/boot/tessera.elf" "$grub_cfg" | cksum | tr ' ' -)
: >"$tree/boot/$id"

grub_image i386-pc-eltorito "$GRUB_PC" "$tree/boot/grub/bios.img" biosdisk
test -z "$uefi" || uefi_image

# The order of the contents is given by weights; left alone, it would be that
# of the inodes. xorriso tells its progress in many lines: they matter only
# where something went wrong.
# shellcheck disable=SC2086 # $uefi is a list of options
if ! xorriso -no_rc -as mkisofs -r -V TESSERA -o "$staging/iso" \
	--modification-date="$date" --set_all_file_dates "$date" \
	-b boot/grub/bios.img -no-emul-boot -boot-load-size 4 \
	-boot-info-table --grub2-boot-info \
	--grub2-mbr "$GRUB_PC/boot_hybrid.img" --protective-msdos-label $uefi \
	--sort-weight 3 /boot/grub/bios.img \
	--sort-weight 2 /boot/grub/grub.cfg \
	--sort-weight 1 /boot/tessera.elf \
	-graft-points "/=$tree" >"$staging.log" 2>&1; then
	cat "$staging.log" >&2
	exit 1
fi
mv "$staging/iso" "$iso"
rm -rf "$staging" "$staging.log"
