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
flag-options-c := FRAME_POINTER STACK_PROTECTOR UBSAN
flag-options-S :=

# $(call left-out,objects,flags): the flags, but for these objects.
this-object = $(patsubst $(OUT)/%,%.o,$(basename $@))
left-out = $(if $(filter $(1),$(this-object)),,$(2))

# Each function that is called has a frame, and a call is never a jump.
frame-pointer := -fno-omit-frame-pointer -mno-omit-leaf-frame-pointer \
	-fno-optimize-sibling-calls

# What sets the canary may not look for the old one afterwards.
no-stack-protector := kernel/check/stack_protector.o
stack-protector := -fstack-protector-strong -mstack-protector-guard=global

# What gcc guesses from code that checks have grown by is wrong too often. Each
# compiler passes over the names of the other.
no-guesses := -Wno-unknown-warning-option -Wno-array-bounds \
	-Wno-stringop-overflow -Wno-maybe-uninitialized

# What reports is not looked at: a report of itself would never end.
no-ubsan := $(addprefix kernel/check/,ubsan.o ubsan_access.o ubsan_report.o \
	ubsan_value.o)
ubsan := -fsanitize=undefined $(no-guesses)

# $(call add,OPTION,objects that are left out,flags)
add = $(if $(CONFIG_$(1)),$(call left-out,$(2),$(3)))
flags-c = $(strip $(call add,FRAME_POINTER,,$(frame-pointer)) \
	$(call add,STACK_PROTECTOR,$(no-stack-protector),$(stack-protector)) \
	$(call add,UBSAN,$(no-ubsan),$(ubsan)))
flags-S :=
