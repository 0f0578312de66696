# SPDX-License-Identifier: MIT
#
# The goals that make or read .config (docs/configuration.md).

kconfig = $(PY) kconfiglib scripts/kconfig.py \
	--config $(CONFIG) --output $(OUT) $(addprefix --made ,$(MADE)) \
	--external "$(external-list)"

ifneq ($(filter-out $(filter-out tests matrix diffconfig tags,$(unconfigured)),\
	$(goal)),)
$(strip $(foreach folder,$(external),$(call external-check,$(folder))))
endif

menuconfig guiconfig:
	@$(kconfig) $@
oldconfig:
	@$(kconfig) $@ $(fragments)
olddefconfig allnoconfig allyesconfig savedefconfig listnewconfig:
	@$(kconfig) $@ $(fragments) </dev/null
tinyconfig:
	@$(kconfig) allnoconfig configs/tiny.config $(fragments) </dev/null
given-word = $(call quote,$(call given,$(1)))
randconfig:
	@$(kconfig) --seed=$(call given-word,SEED) $@ $(fragments) </dev/null
why:
	@$(kconfig) --symbol=$(call given-word,SYM) $@ </dev/null
diffconfig:
	@$(kconfig) --pair $(call given-word,A) $(call given-word,B) $@ </dev/null

config-folders := configs $(addsuffix /configs,$(external))
named-config = $(wildcard $(addsuffix /$(@:configs/%=%),$(config-folders)))
define make-defconfig
	$(if $(named-config),,$(call no-such-defconfig,$@))
	$(if $(word 2,$(named-config)),@echo \
		"There are several: $(named-config); rename one" >&2; exit 1)
	@$(kconfig) defconfig $(named-config) $(fragments) </dev/null
endef
defconfig:
	$(make-defconfig)
%_defconfig: FORCE
	$(make-defconfig)

no-such-defconfig = @echo "There is no configs/$(1:configs/%=%); there are: \
	$(notdir $(wildcard $(addsuffix /*defconfig,$(config-folders))))" >&2; exit 1
