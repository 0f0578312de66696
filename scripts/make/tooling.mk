# SPDX-License-Identifier: MIT
#
# For editors and checkers: C=1, compile_commands.json.

# $(call lint-NAME,source,flags): both stop at a finding. clang-tidy reads the
# flags as clang does, and counts aloud what it does not show.
lint-clang-tidy = clang-tidy --quiet --config-file=.clang-tidy $(1) -- \
	--target=x86_64-unknown-none-elf -Wno-unknown-warning-option \
	-Qunused-arguments $(CPPFLAGS) $(KERNEL_CFLAGS) $(2) 2>$@.log || \
	{ cat $@.log >&2; exit 1; }
# It compares symbols of the linker, and does not see through IS_ENABLED().
lint-cppcheck = cppcheck --quiet --error-exitcode=1 --std=c11 \
	--enable=warning,portability --suppress=comparePointers \
	--suppress=preprocessorErrorDirective --suppress=shiftTooManyBits \
	--include=$(AUTOCONF_H) $(filter -I% -D%,$(CPPFLAGS) $(2)) $(1)
lints := $(if $(filter-out 0,$(C)),$(objects:.o=.lint))
ifneq ($(if $(lints),$(filter-out clang-tidy cppcheck,$(CHECK))),)
$(error CHECK=$(CHECK): it can be clang-tidy or cppcheck)
endif
$(KERNEL): | $(lints)

# compile_commands.json needs no build: an entry an object, from its own rule.
quoted = "$(subst ",\",$(subst \,\\,$(strip $(1))))"
write-entry = $(file >$@,{"directory": $(call quoted,$(CURDIR)),\
	"file": $(call quoted,$(2)), "output": $(call quoted,$(@:.json=.o)),\
	"command": $(call quoted,$(1) -c -o $(@:.json=.o) $(2))})
entries := $(objects:.o=.json)
$(entries): | $(folders) $(AUTOCONF_H)
$(OUT)/compile_commands.json: $(entries) $(OUT)/.words-ld
	@$(call step,JSON)
	@{ echo '['; sed '$$!s/$$/,/' $(entries); echo ']'; } >$@
.PHONY: compile_commands.json
compile_commands.json: $(OUT)/compile_commands.json
