# SPDX-License-Identifier: MIT
#
# The goals that test, and what can be asked of them (docs/testing.md).

# $(call option,name,VARIABLE): for a script, where the user gave the variable.
option = $(if $(call given,$(2)),$(1) $(call quote,$(call given,$(2))))
test-options = $(call option,--name,T) $(call option,--shard,SHARD) \
	$(call option,--seed,SEED) $(call option,--random,RANDOM) \
	$(call option,--depth,DEPTH) $(call option,--repeat,REPEAT) $(if $(filter 1,$(call given,X)),--stop) \
	$(if $(call given,EXTERNAL),--external $(external-list)) \
	--folder $(OUT)/matrix --results $(OUT)/results
tests:
	@$(call need,$(firstword $(CC)) $(LD) $(iso-tools) qemu-system-x86_64)
	@$(PY) pytest,xdist,kconfiglib scripts/run_tests.py --matrix \
		$(test-options) $(if $(filter 1,$(call given,SLOW)),--slowed) \
		$(if $(filter 1,$(call given,STRICT)),--strict) \
		tests $(external-tests) $(PYTEST_ARGS) </dev/null

matrix:
	@$(call need,$(firstword $(CC)) $(LD) $(iso-tools) qemu-system-x86_64)
	@$(PY) kconfiglib scripts/matrix.py $(test-options) \
		$(if $(filter 1,$(call given,LIST)),--list) </dev/null

# The PURE modules and their suites as programs of this machine.
hosttests:
	@$(PY) - scripts/host_tests.py --output $(OUT) $(call given,T) </dev/null

# What reads data from outside, with inputs that nobody thought of.
fuzz:
	@$(PY) - scripts/fuzz.py --output $(OUT) \
		$(addprefix --seconds ,$(call given,SECONDS)) \
		$(call given,T) </dev/null

# Which lines and branches of the PURE modules their suites run, as HTML.
coverage:
	@$(PY) gcovr scripts/coverage.py --output $(OUT) </dev/null

# Changes the source mechanically: do the tests notice?
mutants:
	@$(PY) - scripts/mutants.py --output $(OUT) \
		$(addprefix --count ,$(call given,COUNT)) \
		$(addprefix --seed ,$(call given,SEED)) $(call given,T) </dev/null

# The pictures of README.md and docs/screen.md, from kernels built for them.
screenshots:
	@$(call need,qemu-system-x86_64)
	@$(PY) - scripts/pictures.py --build $(OUT)/screenshots \
		$(call given-word,T) </dev/null

# The picture of docs/architecture.md, from the #includes of today.
drawing:
	@$(PY) - scripts/draw_includes.py </dev/null

# Every option on one page of HTML; COSTS=1, COSTS=new: measure what they cost.
reference:
	@$(PY) kconfiglib scripts/reference.py --output $(OUT) \
		--version $(VERSION) $(call option,--costs,COSTS) </dev/null

# Bugs of the kinds that kernels have, one by one: do the tests notice?
seeded:
	@$(PY) - scripts/seeded_bugs.py --output $(OUT) \
		$(call given-word,T) </dev/null

# Every fault that a kernel can provoke, one a boot: is it reported as expected?
campaign:
	@$(call need,qemu-system-x86_64)
	@$(PY) kconfiglib scripts/campaign.py --output $(OUT) \
		$(if $(filter 1,$(call given,WRITE)),--write) \
		$(call option,--boots,BOOTS) $(call option,--seed,SEED) \
		$(call given-word,T) </dev/null

# What drawing, text and heaps cost, beside plain code and beside what the machine can.
bench:
	@$(PY) - scripts/bench.py --output $(OUT)/bench \
		$(if $(filter 1,$(call given,HOST)),--host) \
		$(if $(filter 1,$(call given,GUEST)),--guest) \
		$(if $(filter 1,$(call given,BARS)),--bars) \
		$(call option,--name,T) $(call option,--rounds,ROUNDS) \
		$(call option,--base,BASE) $(call option,--base-max,BASE_MAX) \
		$(call option,--peer,PEER) $(call option,--trace,TRACE) \
		</dev/null

# Random operations on the heaps, so many on each, held against a model.
heapsoak:
	@$(PY) - scripts/heap_soak.py --output $(OUT)/soak \
		$(call option,--operations,OPS) $(call option,--seed,SEED) \
		$(call given,T) </dev/null

# An hour of the machine's own time at its keyboard: is anything lost?
soak:
	@$(call need,qemu-system-x86_64)
	@$(PY) kconfiglib scripts/soak.py --output $(OUT)/soak-kernel \
		$(call option,--hours,HOURS) $(call option,--minutes,MINUTES) \
		$(call option,--seed,SEED) </dev/null

# So many MiB of commands over the serial line, at two speeds: is every byte echoed?
paste:
	@$(call need,$(firstword $(CC)) $(LD) qemu-system-x86_64)
	@TESSERA_PASTE_KIB=$$(($(or $(call given,MIB),1) * 1024)) \
		$(PY) pytest,kconfiglib scripts/run_tests.py --results $(OUT)/results \
		tests/test_serial_input.py -k paste -s </dev/null
