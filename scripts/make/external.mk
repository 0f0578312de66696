# SPDX-License-Identifier: MIT
#
# Folders outside the tree (docs/external.md): which, and whether they can be.

# EXTERNAL=DIR1:DIR2 is remembered in the output; EXTERNAL= forgets it.
ifneq ($(filter command,$(firstword $(origin EXTERNAL))),)
$(call path-check,EXTERNAL=,$(subst :,,$(value EXTERNAL)))
external-list := $(EXTERNAL)
external-from := EXTERNAL
else
external-list := $(strip $(file <$(OUT)/.external))
external-from := EXTERNAL, remembered in $(OUT)/.external
endif
ifneq ($(filter-out /%,$(subst :, ,$(external-list))),)
$(call path-check,EXTERNAL= counts from here: ,$(CURDIR))
endif
external :=
$(foreach folder,$(abspath $(subst :, ,$(external-list))),\
	$(eval external += $(filter-out $(external),$(folder))))
external-list := $(subst $() ,:,$(external))

external-tests := $(wildcard $(addsuffix /tests,$(external)))

# $(call external-check,folder): stop where it cannot be what is meant.
define external-check
$(if $(wildcard $(1)/.),,$(error $(external-from): there is no folder $(1); \
	'make EXTERNAL= ...' goes on without it))
$(foreach name,Kconfig Makefile,$(if $(wildcard $(1)/$(name)),,$(error \
	$(external-from): $(1) has no $(name), see docs/external.md)))
$(if $(filter $(CURDIR) $(foreach own,$(filter-out tests,$(TREE)),$(CURDIR)/$(own) \
	$(CURDIR)/$(own)/%),$(1)),$(error $(external-from): $(1) is of the tree itself))
$(if $(filter-out $(1),$(filter %/$(notdir $(1)),$(external))),$(error \
	$(external-from): $(filter %/$(notdir $(1)),$(external)) have the same \
	name, and would share $(OUT)/external/$(notdir $(1))))
endef
