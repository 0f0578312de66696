# SPDX-License-Identifier: MIT
#
# Flags of the compiler that options add to what is compiled, all of it or but
# for some objects. This is the one place that says which objects are left out.
#
# They are no words of the command (.words-cc): each object's own are written
# behind its preprocessed text, so that it is compiled anew where they change,
# and alone; and each object names the options that they depend on
# (scripts/preprocess.sh), so that the matrix's store knows it again.

# The options that these flags depend on, for C and for assembly. An object
# that is left out of all of them names them, too.
flag-options-c := FRAME_POINTER STACK_PROTECTOR UBSAN KASAN CPU_IBT STACK_USAGE \
	STACK_USAGE_BYTES CC_OPTIMIZE_FOR_SIZE
flag-options-S :=

# $(call left-out,objects,flags): the flags, but for these objects.
this-object = $(patsubst $(OUT)/%,%.o,$(basename $@))
left-out = $(if $(filter $(1),$(this-object)),,$(2))

# Each function of the source that is not marked inline is called, under its own
# name; it has a frame from its first instructions on, but for a leaf of gcc's
# that needs no stack, and a call is never a jump
# (docs/decisions/0017-backtraces.md).
frame-pointer = -fno-omit-frame-pointer -mno-omit-leaf-frame-pointer \
	-fno-optimize-sibling-calls
ifneq ($(findstring clang,$(CC)),)
frame-pointer += -finline-hint-functions
else
frame-pointer += -fno-inline-functions -fno-inline-small-functions \
	-fno-inline-functions-called-once -fno-partial-inlining \
	-fno-ipa-icf -fno-ipa-sra -fno-ipa-cp -fno-shrink-wrap
# gcc forgets them where an attribute has others: two files have it by a flag.
no-idiom := lib/string.o lib/fill.o
frame-pointer += $(if $(filter $(no-idiom),$(this-object)),\
	-DNO_IDIOM= -fno-tree-loop-distribute-patterns)
endif

# What sets the canary may not look for the old one afterwards.
no-stack-protector := kernel/check/stack_protector.o
stack-protector := -fstack-protector-strong -mstack-protector-guard=global

# What gcc guesses from code that checks have grown by is wrong too often. Each
# compiler passes over the names of the other.
no-guesses := -Wno-unknown-warning-option -Wno-array-bounds \
	-Wno-stringop-overflow -Wno-maybe-uninitialized

# What reports is not looked at: a report of itself would never end. Tests of
# one checker do on purpose what the other would find first.
no-ubsan := $(addprefix kernel/check/,ubsan.o ubsan_access.o ubsan_report.o \
	ubsan_value.o kasan_test.o) mm/heap_kasan_test.o
ubsan := -fsanitize=undefined $(no-guesses)
# clang 17 and later would check calls by pointer as well, which gcc cannot, and
# report to a handler that the kernel does not have.
ifneq ($(findstring clang,$(CC)),)
ubsan += -fno-sanitize=function
endif

# The checker itself, and those who look at all of the heap: what it keeps
# beside the allocations is nobody else's. The functions of lib/string.h are
# checked by who is called in their place. A walk up a stack reads all of it,
# and a debugger any memory.
no-kasan := $(addprefix kernel/check/,kasan.o kasan_access.o kasan_globals.o \
	kasan_report.o kasan_stack.o kasan_string.o ubsan_test.o) \
	$(addprefix mm/,heap_bump.o heap_fast.o heap_fast_check.o \
	heap_fast_kept.o heap_fast_slabs.o heap_guard.o heap_guard_check.o \
	heap_guard_sites.o heap_handle.o heap_list.o heap_tlsf.o) \
	lib/fill.o lib/string.o kernel/check/stack_watermark.o \
	$(addprefix arch/x86_64/kernel/,stack_walk.o debug.o)
kasan-strings := memcpy memmove memset memcmp strlen strcmp strlcpy
# The offset is KASAN_IMAGE_OFFSET of arch/kasan.h. Calls, no code in place:
# they know the heap, too. clang has the sanitizer for a kernel of Linux alone.
kasan-offset := 0xdfffffffd0000000
kasan-gcc := -fasan-shadow-offset=$(kasan-offset) \
	--param asan-instrumentation-with-call-threshold=0 \
	--param asan-globals=1 --param asan-stack=1 \
	--param asan-instrument-allocas=0
kasan-clang := --target=x86_64-unknown-linux-gnu $(addprefix -mllvm -asan-,\
	mapping-offset=$(kasan-offset) instrumentation-with-call-threshold=0 \
	globals=1 stack=1)
kasan := -fsanitize=kernel-address $(no-guesses) \
	$(kasan-$(if $(findstring clang,$(CC)),clang,gcc))

# Each function and each object of data has a section of its own, which the
# linker leaves out where nothing needs it.
for-size := $(if $(findstring clang,$(CC)),-Oz,-Os) -ffunction-sections -fdata-sections

# A jump by a table would arrive at no endbr64.
cpu-ibt := -fcf-protection=branch -fno-jump-tables

# $(call add,OPTION,objects that are left out,flags)
add = $(if $(CONFIG_$(1)),$(call left-out,$(2),$(3)))
flags-c = $(strip $(call add,CC_OPTIMIZE_FOR_SIZE,,$(for-size)) \
	$(call add,FRAME_POINTER,,$(frame-pointer)) \
	$(call add,STACK_PROTECTOR,$(no-stack-protector),$(stack-protector)) \
	$(call add,UBSAN,$(no-ubsan),$(ubsan)) \
	$(call add,KASAN,$(no-kasan),$(kasan)) \
	$(call add,CPU_IBT,,$(cpu-ibt)) \
	$(stack-usage))
flags-S :=

# What scripts/compile.sh holds an object against: a part of its text, too.
# Tests may take what they like.
stack-usage = $(call add,STACK_USAGE,%_test.o tests/%,-fstack-usage)
limits-c = $(if $(stack-usage),STACK_USAGE_BYTES=$(CONFIG_STACK_USAGE_BYTES))
limits-S :=

# Of the linker. What has no rights by pages need not begin pages in the file.
flags-ld := -z max-page-size=$(if $(CONFIG_MM),4096,16) \
	$(if $(CONFIG_CC_OPTIMIZE_FOR_SIZE),--gc-sections) \
	$(if $(CONFIG_KASAN),$(addprefix --wrap=,$(kasan-strings)))
