# SPDX-License-Identifier: MIT
#
# Looking into a kernel while it runs: gdb in front of QEMU.
#
#	GDB=PROGRAM	another debugger
#	GDB_ARGS="-batch -ex bt"	more words for it
#	GDB_PORT=1234	a TCP port for QEMU's stub in place of a socket of our own

debug: $(if $(filter direct,$(BOOT)),$(KERNEL),$(KERNEL) $(ISO))
	@$(call need,qemu-system-x86_64)
	@$(PY) - scripts/debug.py --output $(OUT) \
		--gdb=$(call quote,$(call given,GDB)) \
		--gdb-port=$(call quote,$(call given,GDB_PORT)) \
		--gdb-args=$(call quote,$(if $(call given,GDB_ARGS),$(value GDB_ARGS))) $(run-options)
