# SPDX-License-Identifier: MIT
#
# The build of Tessera. `make help` lists what can be asked of it.
#
# This file reads the Makefile of each folder that has something to build and
# joins them into one dependency graph: there is no make per folder, so make
# sees every dependency, and a build with nothing to do takes no time. Parsing
# asks the compiler and the linker for their versions and starts nothing else;
# Python runs only when the configuration changes.
#
# A folder's Makefile says which objects it gives, in terms of options:
#
#	obj-y += always.o subfolder/
#	obj-$(CONFIG_X) += x.o
#	test-$(CONFIG_X) += x_test.o
#
# The suites of tests, test-y, are built with the option KTEST alone.
# While it is read, $(src) is the folder and $(obj) is where its objects go.

ifneq ($(filter 3.% 4.0 4.0.% 4.1 4.1.%,$(MAKE_VERSION)),)
$(error Tessera needs GNU Make 4.2, this is $(MAKE_VERSION); try gmake)
endif

VERSION := 0.1.0
ARCH := x86_64

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += -rR --no-print-directory

# ---- Where things are ------------------------------------------------------

# These count only on the command line: a variable that happens to be in the
# environment must not move the output. The same goes for flags, further down.
# What only Tessera asks for, as LLVM=1 or WERROR=1, may be in the environment.
given = $(if $(filter command,$(firstword $(origin $(1)))),$($(1)))

# $(call path-check,NAME=,path): make takes these for its own, whoever quotes.
hash := \#
unfit := % $(hash) = ' " ` ( ) & ; | < > $$ ~ : ,
path-check = $(if $(filter-out 1,$(words x$(2))),$(error $(1)$(2): make cannot \
	handle a path with a space in it))$(strip $(foreach char,$(unfit),\
	$(if $(findstring $(char),$(2)),$(error $(1)$(2): make cannot handle a \
	path with $(char) in it))))

ifneq ($(call given,O),)
OUT := $(patsubst %/,%,$(O))
CONFIG := $(OUT)/.config
$(call path-check,O=,$(value O))
$(if $(wildcard $(OUT)),$(if $(wildcard $(OUT)/.),,\
	$(error O=$(O) is a file; the output needs a folder)))
ifeq ($(abspath $(OUT)),$(CURDIR))
$(error O=$(O): the output cannot lie in the source folder itself; O=build can)
endif
else
OUT := build
CONFIG := .config
endif

GENERATED := $(OUT)/include/generated
AUTO_CONF := $(GENERATED)/auto.conf
AUTOCONF_H := $(GENERATED)/autoconf.h
KERNEL := $(OUT)/tessera.elf
ISO := $(OUT)/tessera.iso

# The folders of the source, and what the build makes in the output.
TREE := init arch kernel lib mm drivers shell tests
MADE := $(TREE) include iso external size symbols

include scripts/make/external.mk

# ---- Tools -----------------------------------------------------------------

# LLVM=1, a version as LLVM=-16, or a folder as LLVM=/usr/lib/llvm-16/bin/.
ifneq ($(filter-out 0,$(LLVM)),)
llvm-folder := $(addsuffix /,$(abspath $(filter %/,$(LLVM))))
llvm-suffix := $(filter-out -,$(filter -%,$(LLVM)))
ifeq ($(if $(word 2,$(LLVM)),,$(llvm-folder)$(llvm-suffix)$(filter 1,$(LLVM))),)
ifneq ($(filter-out help% setup clean mrproper,$(or $(MAKECMDGOALS),all)),)
$(error LLVM=$(LLVM), from the $(origin LLVM): it can be 1, a version (LLVM=-16), \
	or a folder without blanks, with a slash at its end (LLVM=/opt/llvm/bin/))
endif
endif
CC := $(llvm-folder)clang$(llvm-suffix) --target=x86_64-unknown-none-elf
LD := $(llvm-folder)ld.lld$(llvm-suffix)
OBJCOPY := $(llvm-folder)llvm-objcopy$(llvm-suffix)
else
# On macOS gcc makes programs for macOS; Homebrew's cross compiler does ours.
CROSS_COMPILE ?= $(if $(wildcard /System/Library/CoreServices),x86_64-elf-)
CC := $(CROSS_COMPILE)gcc
LD := $(CROSS_COMPILE)ld
OBJCOPY := $(CROSS_COMPILE)objcopy
endif

on-path = $(wildcard $(addsuffix /$(1),$(subst :, ,$(PATH))))

# It has another name on Fedora and with Homebrew. Looked up only when used.
grub-names := grub-mkimage grub2-mkimage x86_64-elf-grub-mkimage
GRUB_MKIMAGE = $(firstword $(foreach name,$(grub-names),$(call on-path,$(name))) \
	grub-mkimage)

# The folder of its modules for a platform, looked up only when used, too.
grub-folders := /usr/lib/grub /usr/share/grub /usr/local/lib/grub \
	/opt/homebrew/lib/x86_64-elf/grub /usr/local/lib/x86_64-elf/grub
grub-modules = $(patsubst %/modinfo.sh,%,$(firstword $(wildcard \
	$(addsuffix /$(1)/modinfo.sh,$(grub-folders)))))
grub-version = $(filter grub_package_version=%,$(file <$(1)/modinfo.sh))

# What C=1 checks with: the first that is here, unless CHECK= says.
CHECK = $(firstword $(foreach name,clang-tidy cppcheck,\
	$(if $(call on-path,$(name)),$(name))) clang-tidy)

iso-tools = $(OBJCOPY) $(GRUB_MKIMAGE) xorriso mformat

# $(PY) modules script arguments: runs a Python that can import the modules.
PY := scripts/python.sh

BOOT := $(or $(call given,BOOT),iso)
MACHINE := $(or $(call given,MACHINE),pc)
FIRMWARE ?= bios
ACCEL ?= tcg
MEMORY ?= 128M

# ---- What the user sees ----------------------------------------------------

# V=1 shows the commands, -s shows nothing; else one short line for each.
# V=2 tells why each object is built. Preprocessing is shown by V=1 alone.
ifeq ($(V),1)
Q :=
else
Q := @
endif
ifneq ($(findstring s,$(filter-out --%,$(firstword -$(MAKEFLAGS)))),)
quiet := 1
endif

# $(call need,tools): shell text that stops with a sentence where one lacks.
need = $(foreach tool,$(1),command -v $(tool) >/dev/null || \
	{ scripts/setup.sh missing $(tool) >&2; exit 1; };)

# $(call quote,text): one word for the shell, whatever is in it.
quote = '$(subst ','\'',$(1))'

# $(call step,NAME,tools,why): the short line of a recipe, once its tools are
# there, and the reason under it, in one go: with -j others talk, too.
#
# On a terminal, a bar and a count stand before it where several objects have
# never been built: which of those that are there need it, only the end tells.
step = $(call need,$(2)) $(if $(quiet)$(filter 1,$(V)),:,\
	printf '%s  %-7s %s\n$(if $(3),%10s%s\n)' \
	"$(if $(filter CC AS,$(1)),$(progress))" $(1) $(patsubst $(OUT)/%,%,$@) \
	$(if $(3),'' $(call quote,$(3))))

# ---- Several goals ---------------------------------------------------------

# More than one goal: one after the other, each in a make of its own, because
# a goal such as defconfig changes what the next one has to read. A goal that
# is a file such as extra.config is a fragment, like the words of FRAGMENTS.
# Fragments go to the goals that begin a configuration; where none of those is
# asked for, they go on top of the configuration that is there.
begins := defconfig %_defconfig olddefconfig oldconfig allnoconfig \
	allyesconfig tinyconfig randconfig
unconfigured := help help-config help-tests help-debug help-more tags setup \
	checks tests matrix hosttests fuzz heapsoak soak paste coverage mutants \
	seeded campaign bench screenshots drawing reference clean mrproper diffconfig
is-file := $(filter-out .config,$(filter %.config,$(MAKECMDGOALS)))
fragments := $(call given,FRAGMENTS) $(is-file)
turns := $(filter-out $(is-file),$(MAKECMDGOALS))
ifneq ($(strip $(fragments)),)
ifeq ($(filter $(begins),$(turns)),)
ifneq ($(filter-out $(unconfigured),$(or $(turns),all)),)
turns := olddefconfig $(turns)
endif
endif
endif

ifneq ($(or $(word 2,$(MAKECMDGOALS)),$(filter-out $(MAKECMDGOALS),$(turns))),)

.PHONY: $(MAKECMDGOALS) all one-by-one
$(sort $(MAKECMDGOALS) all): one-by-one
	@:
one-by-one:
	@$(foreach goal,$(turns),$(MAKE) $(goal) FRAGMENTS="$(strip \
		$(if $(filter $(begins),$(goal)),$(fragments)))" &&) :

else

goal := $(or $(MAKECMDGOALS),all)

# ---- Goals that need no configuration --------------------------------------

plain-goals := $(unconfigured) $(begins) menuconfig guiconfig savedefconfig \
	listnewconfig why

.PHONY: all build iso run debug screenshot usb test tests matrix hosttests fuzz \
	heapsoak soak paste coverage mutants seeded campaign bench screenshots drawing checks \
	reference reprocheck \
	setup clean mrproper \
	help help-config help-tests help-debug help-more \
	size tags FORCE
.PHONY: $(filter-out %_defconfig,$(begins)) menuconfig guiconfig \
	savedefconfig listnewconfig why diffconfig
FORCE:

include scripts/make/help.mk

tags:
	@$(call step,TAGS)
	@mkdir -p $(OUT)
	@PATH="$(PATH)" scripts/tags.sh $(OUT)/tags include $(TREE) $(external)

setup:
	@scripts/setup.sh </dev/null

checks:
	@CC="$(CC)" $(PY) kconfiglib scripts/check_house.py </dev/null

include scripts/make/tests.mk

# Only what the build makes is removed, and only where the build marked the
# folder as its own: O= may name a folder with other things in it.
stamps := cc as ld iso headers lint
clean-files := $(addprefix $(OUT)/,$(TREE) iso iso.log external size host \
	matrix results fuzz soak soak-kernel coverage mutants seeded campaign \
	bench screenshots symbols reference reference.html \
	$(addprefix .words-,$(stamps) external-*) .objects \
	compile_commands.json .progress tessera.elf tessera.elf.new tessera.iso \
	screenshot.png debug-serial.log triple-fault.log)
clean:
	@test ! -e $(OUT)/.tessera-output || rm -rf $(clean-files)

mrproper: clean
	@test ! -e $(OUT)/.tessera-output || rm -rf $(OUT)/include \
		$(OUT)/defconfig $(OUT)/.external $(OUT)/.tessera-output
	@rm -f $(CONFIG) $(CONFIG).old $(OUT)/tags
	@test ! -d $(OUT) || rmdir $(OUT) 2>/dev/null || :

include scripts/make/config.mk

# ---- Goals that build ------------------------------------------------------

ifneq ($(filter-out $(plain-goals),$(goal)),)
ifeq ($(wildcard $(CONFIG)),)

.PHONY: $(goal)
$(goal):
	@$(kconfig) generate </dev/null

else

# auto.conf has the options for make, and the names of all Kconfig files and of
# all options. It is made anew, and make starts over, where
#
#	- a Kconfig file is newer,
#	- the configuration is not the text that was last read, of which there
#	  is a copy: an older file may be moved to its place, and a newer one
#	  may say the same,
#	- something that is made with auto.conf is gone.
#
# autoconf.h and the files of the options are written only where they change:
# they have no prerequisite here, or they would look old for ever.
OPTIONS := $(OUT)/include/config
include $(AUTO_CONF)
config-parts := $(AUTOCONF_H) $(addprefix $(OPTIONS)/,.names $(OPTION_NAMES))
config-lost := $(filter-out $(wildcard $(config-parts)),$(config-parts))
ifneq ($(EXTERNAL_LIST),$(external-list))
config-lost += $(OUT)/.external
endif
ifneq ($(strip $(file <$(CONFIG))),$(strip $(file <$(GENERATED)/config)))
config-lost += $(CONFIG)
endif
#
# Once is enough: a file with a date in the future is newer for ever.
$(AUTO_CONF): $(if $(MAKE_RESTARTS),,$(KCONFIG_FILES) scripts/kconfig.py \
		scripts/kconfig_rules.py scripts/kconfig_renamed \
		scripts/kconfig_external.py $(wildcard scripts/kconf/*.py) \
		$(if $(config-lost),FORCE))
	@$(kconfig) generate </dev/null
$(KCONFIG_FILES):
$(AUTOCONF_H): ;
$(OPTIONS)/%: ;

# ---- Flags -----------------------------------------------------------------

CPPFLAGS := -include $(AUTOCONF_H) -Iinclude -Iarch/$(ARCH)/include \
	-I$(OUT)/include -DTESSERA_VERSION='"$(VERSION)"'
# No red zone and no vector registers: interrupts would overwrite them.
MACHINE_FLAGS := -m64 -mcmodel=kernel -mno-red-zone -mgeneral-regs-only \
	-fno-pic -fno-pie -fcf-protection=none
WARNINGS := -Wall -Wextra -Wundef -Wshadow -Wvla -Wpointer-arith \
	-Wwrite-strings -Wstrict-prototypes -Wmissing-prototypes \
	-Wold-style-definition -Wimplicit-fallthrough -Wdate-time
# W=1 warns of likely slips, W=2 of doubtful style, W=3 of what is mostly noise.
ifneq ($(filter-out 0 1 2 3,$(W)),)
$(error W=$(W): the levels of warnings are 1, 2 and 3)
endif
WARNINGS += $(if $(filter 1 2 3,$(W)),-Wformat=2 -Wredundant-decls \
	-Wnested-externs -Wmissing-declarations)
WARNINGS += $(if $(filter 2 3,$(W)),-Wcast-qual -Wcast-align -Wswitch-enum \
	-Wunused-macros -Wnull-dereference)
WARNINGS += $(if $(filter 3,$(W)),-Wconversion -Wsign-conversion -Wpadded)
ifeq ($(WERROR),1)
WARNINGS += -Werror
endif
# The image must not tell where it was built. Sources have relative names.
# clang's assembler does not map the folder that it runs in, but can be told.
no-paths := $(call quote,-ffile-prefix-map=$(CURDIR)=.) \
	$(if $(findstring clang,$(CC)),-fdebug-compilation-dir=.)
# What the preprocessor drops must not be in an object: columns, and sums of
# whole files, as clang's DWARF 5 has them.
DEBUG := -g -gdwarf-4 -gno-column-info
KERNEL_CFLAGS := -std=gnu11 -O2 $(DEBUG) -ffreestanding $(MACHINE_FLAGS) \
	-fno-stack-protector -fno-asynchronous-unwind-tables \
	-fno-strict-aliasing -fno-common \
	$(no-paths) $(WARNINGS) $(call given,CFLAGS)
include scripts/make/checks-flags.mk
KERNEL_AFLAGS := $(MACHINE_FLAGS) $(DEBUG) -ffreestanding -D__ASSEMBLY__ -Wa,-I. \
	$(no-paths) $(call given,AFLAGS)
KERNEL_LDFLAGS := -nostdlib -static -z noexecstack \
	--build-id=$(if $(CONFIG_BUILD_ID),sha1,none) --fatal-warnings \
	$(flags-ld) $(call given,LDFLAGS)

# ---- The graph -------------------------------------------------------------

objects :=
folders-read :=

# $(call enter-folder,folder,place in the output): read its Makefile, then those
# of its subfolders.
define enter-folder
src := $(1)
obj := $(OUT)/$(2)
obj-y :=
test-y :=
include $(1)/Makefile
$$(eval $$(call leave-folder,$(1),$(2),$$(obj-y) \
	$$(if $$(CONFIG_KTEST),$$(test-y))))
endef
define leave-folder
folders-read += $(1)
objects += $(patsubst %,$(OUT)/$(2)/%,$(filter %.o,$(3)))
$(foreach folder,$(patsubst %/,%,$(filter %/,$(3))),\
	$(eval $(call enter-folder,$(1)/$(folder),$(2)/$(folder))))
endef
$(foreach folder,$(patsubst arch,arch/$(ARCH),$(TREE)),\
	$(eval $(call enter-folder,$(folder),$(folder))))
$(foreach folder,$(external),\
	$(eval $(call enter-folder,$(folder),external/$(notdir $(folder)))))

folders := $(sort $(dir $(objects)))

# The options that a Makefile names must be there: a slip would be one that is
# off. It is told by a recipe, for which auto.conf has been brought up to date.
open := (
close := )
nameless = $(sort $(filter-out $(addprefix CONFIG_,$(OPTION_NAMES)),$(filter CONFIG_%,\
	$(subst $(close), ,$(subst $(open), ,$(file <$(1)/Makefile))))))
with-nameless := $(strip $(foreach folder,$(folders-read),\
	$(if $(call nameless,$(folder)),$(folder))))
ifneq ($(with-nameless),)
$(KERNEL): $(OUT)/.options-that-are-not-there
$(OUT)/.options-that-are-not-there:
	@$(foreach folder,$(with-nameless),echo "$(folder)/Makefile: no Kconfig file" \
		"has $(call nameless,$(folder)): is it misspelt, or does no 'source'" \
		"line name its Kconfig file?" >&2;) exit 1
endif

# How far a build on a terminal is: $(step) shows it.
ifdef MAKE_TERMOUT
to-build := $(words $(filter-out $(wildcard $(objects)),$(objects)))
ifneq ($(filter-out 0 1,$(to-build)),)
progress = $$(scripts/progress.sh $(OUT)/.progress $(to-build))
$(shell rm -f $(OUT)/.progress)
endif
endif
linker-script := $(OUT)/arch/$(ARCH)/kernel.lds
texts := $(objects:.o=.i) $(linker-script:.lds=.lds.i)

# A stamp for each command holds its words. make compares them while it reads
# this, and what a stamp stands for is built anew where they changed. The
# versions of the compiler and of the assembler, which comes with the linker,
# count as words. So do the names of the headers: a new one may hide another.
# All folders count, or an option that brings one in would touch everything.
versions := $(shell $(CC) --version 2>/dev/null; $(LD) --version 2>/dev/null; :)
cc-base := $(CC) $(CPPFLAGS) $(KERNEL_CFLAGS)
as-base := $(CC) $(CPPFLAGS) $(KERNEL_AFLAGS)
cc-command = $(cc-base) $(flags-c)
as-command = $(as-base) $(flags-S)
flags-text := $(file <scripts/make/checks-flags.mk)
cc-words := $(strip $(cc-base) $(versions) $(flags-text))
as-words := $(strip $(as-base) $(versions) $(flags-text))
ld-words := $(strip $(LD) $(KERNEL_LDFLAGS) $(objects) $(versions))
grub-places := $(foreach platform,i386-pc x86_64-efi,\
	$(call grub-modules,$(platform)))
image-strip := --strip-$(if $(CONFIG_CC_OPTIMIZE_FOR_SIZE),all,debug)
iso-words := $(strip $(OBJCOPY) $(image-strip) $(GRUB_MKIMAGE) $(grub-places) \
	$(firstword $(call on-path,xorriso)) $(firstword $(call on-path,mformat)) \
	$(foreach place,$(grub-places),$(call grub-version,$(place))))
header-folders := $(foreach folder,include arch/$(ARCH)/include $(TREE) \
	$(external) $(addsuffix /include,$(external)),$(addprefix $(folder)/,/ */ */*/))
headers-words := $(sort $(wildcard $(addsuffix *.h,$(header-folders))))
lint-words := $(CHECK)
define stamp
ifneq ($$(strip $$(file <$(OUT)/.words-$(1))),$$($(1)-words))
$(OUT)/.words-$(1): FORCE
endif
$(OUT)/.words-$(1): | $(AUTO_CONF)
	@printf '%s\n' $$(call quote,$$($(1)-words)) >$$@
endef
$(foreach name,$(stamps),$(eval $(call stamp,$(name))))
$(foreach folder,$(external),\
	$(eval external-$(notdir $(folder))-words := $(folder))\
	$(eval $(call stamp,external-$(notdir $(folder)))))

# A build of an object has two halves, so that an option compiles just what it
# changes:
#
#	x.chk	The source is preprocessed where it, a header or a single option
#		that one of them names is newer (scripts/preprocess.sh).
#	x.i	is the result, with the object's own flags behind it
#		(scripts/make/checks-flags.mk), and only written where it differs.
#	x.o	is compiled where x.i or the command is newer.
#
# What is made is made under another name and then moved: a build that is
# killed leaves nothing that looks whole and is not.
$(texts:.i=.chk): $(OPTIONS)/.names $(OUT)/.words-headers \
	scripts/preprocess.sh | $(folders) $(AUTOCONF_H)
$(texts): $(OUT)/%.i: $(OUT)/%.chk ;
$(folders):
	@mkdir -p $@

# Where x.i or what it depends on is gone, x.chk says nothing.
first-half := $(texts) $(texts:.i=.d)
$(addsuffix .chk,$(sort $(basename \
	$(filter-out $(wildcard $(first-half)),$(first-half))))): FORCE

preprocess = FLAGS="$(strip $(flags-$(1)) $(limits-$(1)))" FLAG_OPTIONS="$(flag-options-$(1))" \
	scripts/preprocess.sh $(basename $@) $(OPTIONS) $(AUTOCONF_H) "$?"
compile = STACK_USAGE_BYTES=$(if $(stack-usage),$(CONFIG_STACK_USAGE_BYTES),0) \
	scripts/compile.sh $(basename $@)
dep-flags = -E -MMD -MF $(basename $@).d.new

# V=2 tells why: what was newer when the text last changed, or the command.
comma := ,
causes = $(strip $(sort $(patsubst %.i,$(file <$(basename $@).why),$?)))
because = $(subst $(OPTIONS)/,CONFIG_,$(subst FORCE,a file that is gone,$(subst \
	$(OPTIONS)/.names,the names of the options,$(subst \
	$(OUT)/.words-headers,the names of the headers,$(subst \
	$(OUT)/.words-as,the command,$(subst $(OUT)/.words-cc,the command,$(subst \
	$(OUT)/.words-ld,the command,$(subst $(OUT)/.words-iso,the tools,$(subst \
	$() ,$(comma) ,$(causes))))))))))
why = $(if $(filter 2,$(V)),$(strip $(if $(wildcard $@),\
	because of $(if $(word 9,$(causes)),$(words $(causes)) \
	files,$(subst $(OUT)/,,$(because))),not built yet)))

# $(call source-rules,output/,sources/,flags,stamp): how to build what lies
# under sources/ into output/.
define source-rules
$(1)%.chk: $(2)%.c $(OUT)/.words-cc $(4)
	$$(Q)$$(call preprocess,c) $$(cc-command) $(3) $$(dep-flags) $$<
$(1)%.chk: $(2)%.S $(OUT)/.words-as $(4)
	$$(Q)$$(call preprocess,S) $$(as-command) $(3) $$(dep-flags) $$<

$(1)%.o: $(1)%.i $(OUT)/.words-cc $(4) | $(2)%.c
	@$$(call step,CC,,$$(why))
	$$(Q)$$(compile) $(2)$$*.c $$(cc-command) $(3)
$(1)%.o: $(1)%.i $(OUT)/.words-as $(4) | $(2)%.S
	@$$(call step,AS,,$$(why))
	$$(Q)$$(compile) $(2)$$*.S $$(as-command) $(3)

$(1)%.lint: $(1)%.i $(OUT)/.words-lint .clang-tidy $(4) | $(2)%.c
	@$$(call step,LINT,$$(CHECK))
	$$(Q)$$(call lint-$$(CHECK),$(2)$$*.c,$(3))
	@: >$$@
$(1)%.lint: | $(2)%.S
	@: >$$@

$(1)%.o: FORCE
	@echo "$(2)$$(patsubst ./%,%,$$(dir $$*)Makefile) asks for $$(*F).o, but there is no" \
		"$(2)$$*.c or $(2)$$*.S" >&2
	@exit 1

$(1)%.json: $(2)%.c $(OUT)/.words-cc $(4)
	$$(call write-entry,$$(cc-command) $(3),$(2)$$*.c)@:
$(1)%.json: $(2)%.S $(OUT)/.words-as $(4)
	$$(call write-entry,$$(as-command) $(3),$(2)$$*.S)@:
endef

# Outside the tree, nothing that is built tells where the folder lies.
external-flags = -I$(1)/include -Wa,-I$(1) \
	-ffile-prefix-map=$(1)=external/$(notdir $(1))
$(foreach folder,$(external),$(eval $(call source-rules,\
	$(OUT)/external/$(notdir $(folder))/,$(folder)/,\
	$(call external-flags,$(folder)),\
	$(OUT)/.words-external-$(notdir $(folder)))))
$(eval $(call source-rules,$(OUT)/))

include scripts/make/tooling.mk

# ---- The image -------------------------------------------------------------

$(OUT)/%.lds: $(OUT)/%.lds.i
	@$(call step,LDS)
	$(Q)grep -v '^#' $< >$@.new && mv -f $@.new $@

link = $(LD) $(KERNEL_LDFLAGS) -T $(linker-script) $(objects)
table := $(if $(CONFIG_SYMBOLS),$(OUT)/symbols/table.o)
symbol-scripts := $(addprefix scripts/,link_symbols.sh symbols.py \
	tessera/symbol_table.py tessera/elf.py)
$(KERNEL): $(objects) $(linker-script) $(OUT)/.words-ld \
		$(if $(table),$(symbol-scripts))
	@$(call step,LD,$(LD),$(why))
ifneq ($(table),)
	$(Q)ASSEMBLE="$(CC) $(MACHINE_FLAGS)" scripts/link_symbols.sh $@.new \
		$(OUT)/symbols $(link) && mv -f $@.new $@
	@$(if $(quiet)$(filter 1,$(V)),:,printf '  %-7s %s\n' SYM \
		"$(@F): $$(cat $(OUT)/symbols/cost)")
else
	$(Q)$(link) -o $@.new && mv -f $@.new $@
endif
	@printf '%s\n' '$(patsubst $(OUT)/%,%,$(objects) $(table))' >$(OUT)/.objects

ifeq ($(CONFIG_BOOT_MULTIBOOT2),y)
$(ISO): $(KERNEL) arch/$(ARCH)/boot/grub.cfg scripts/mkiso.sh $(OUT)/.words-iso
	@$(call step,ISO,$(iso-tools),$(why))
	$(Q)OBJCOPY=$(OBJCOPY) STRIP_FLAG=$(image-strip) GRUB_MKIMAGE=$(GRUB_MKIMAGE) \
		GRUB_PC=$(call grub-modules,i386-pc) \
		GRUB_EFI=$(call grub-modules,x86_64-efi) \
		scripts/mkiso.sh $(KERNEL) \
		arch/$(ARCH)/boot/grub.cfg $(OUT)/iso $@ </dev/null
else
.PHONY: $(ISO)
$(ISO):
	@echo "This configuration has no Multiboot2 header, so that GRUB cannot" \
		"load it: turn on BOOT_MULTIBOOT2, or run it without GRUB by" \
		"BOOT=direct." >&2
	@exit 1
endif

-include $(wildcard $(texts:.i=.d))

# ---- Goals -----------------------------------------------------------------

all build: $(KERNEL)
iso: $(ISO)

# What each folder and symbol costs; BASE= compares, EACH=1 tries options.
size: $(KERNEL)
ifneq ($(filter-out 0,$(EACH)),)
	@$(PY) kconfiglib scripts/size_options.py $(OUT) $(CONFIG) </dev/null
else
	@$(PY) - scripts/size.py $(OUT) $(if $(BASE),--base $(BASE)) </dev/null
endif

run-command = $(PY) - scripts/run.py --output $(OUT)
run-options = --boot $(call quote,$(BOOT)) --machine $(call quote,$(MACHINE)) \
	--firmware $(FIRMWARE) --accel $(ACCEL) --memory $(MEMORY) \
	--append=$(call quote,$(call given,APPEND)) \
	$(if $(filter-out 0,$(call given,MONITOR)),--monitor) -- $(QEMU_ARGS)
run-image := $(if $(filter direct,$(BOOT)),$(KERNEL),$(ISO))
run: $(run-image)
	@$(call need,qemu-system-x86_64)
	@$(run-command) $(run-options)
screenshot: $(run-image)
	@$(call need,qemu-system-x86_64)
	@$(run-command) --screenshot $(run-options)

# The image on a stick, DEVICE=/dev/sdX. It asks before it writes.
usb: $(ISO)
	@$(PY) - scripts/usb.py $(ISO) $(call quote,$(call given,DEVICE))

include scripts/make/debug.mk

# Both builds, elsewhere, get the variables that this make was given.
whole-LLVM := $(llvm-folder)
passed-on := LLVM CROSS_COMPILE CC LD OBJCOPY CFLAGS AFLAGS LDFLAGS WERROR
reprocheck: $(AUTO_CONF)
	@$(call need,$(firstword $(CC)) $(LD) $(iso-tools))
	@$(PY) - scripts/reprocheck.py --config $(CONFIG) --output $(OUT) \
		$(addprefix --external ,$(external)) -- \
		$(foreach name,$(passed-on),$(if $(call given,$(name)),\
		$(call quote,$(name)=$(or $(whole-$(name)),$(call given,$(name)))))) </dev/null

test: $(if $(filter y,$(CONFIG_BOOT_MULTIBOOT2)),$(ISO),$(KERNEL))
	@$(call need,qemu-system-x86_64)
	@TESSERA_OUTPUT=$(call quote,$(abspath $(OUT))) \
		TESSERA_CONFIG=$(call quote,$(abspath $(CONFIG))) \
		$(PY) pytest scripts/run_tests.py --results $(OUT)/results \
		tests/test_configuration.py \
		$(external-tests) $(PYTEST_ARGS) </dev/null

endif
endif
endif
