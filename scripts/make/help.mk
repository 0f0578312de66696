# SPDX-License-Identifier: MIT
#
# What `make help` and its further pages say. A page fits 80 by 24.

define help-text
Configure:  defconfig       the reference kernel
            NAME_defconfig  a configuration of configs/, e.g. tiny_defconfig
            menuconfig      choose in a menu, on a terminal
            guiconfig oldconfig olddefconfig savedefconfig listnewconfig why
            allnoconfig allyesconfig tinyconfig randconfig diffconfig
Build:      all, build      the kernel, tessera.elf (the default)
            iso, usb        tessera.iso for BIOS and UEFI; on a stick, DEVICE=
Run:        run, screenshot boot in QEMU, standard input is typed; picture
            debug           gdb in front of the kernel, stopped (help-debug)
Check:      test            test this configuration
            tests           all tests, in configurations of their own
            matrix          every pair of values of any two options
            checks          the rules of the house, on the source
            reprocheck      build twice, elsewhere and at other dates; compare
Tidy:       setup           install the tools that are missing
            clean           remove what was built; mrproper: .config, too
Help:       help, help-config, help-tests, -debug: goals; help-more: size,
            compile_commands.json, warnings, code outside the tree
Goals run in the order given: make setup defconfig run

O=DIR  configuration and output in DIR    FRAGMENTS="a b"  options on top
V=1    show the commands; V=2: reasons    LLVM=1  clang and lld for gcc and ld
WERROR=1  warnings are errors             CC=, CFLAGS=, CROSS_COMPILE=  as usual
FIRMWARE=bios|uefi  ACCEL=tcg|kvm  MEMORY=128M  QEMU_ARGS="..."  for run
endef
define help-tests-text
  test        this configuration, from outside: screen, chips, shell
  tests       all there is, the matrix included; ends in "N passed, N failed"
  hosttests   the PURE modules as programs of this machine, under sanitizers
  matrix      configurations in which every pair of values of any two options
              occurs, and each option changed alone, each configs/*defconfig,
              random ones: built, booted, judged; what fails is made smaller
  fuzz        random inputs for what reads data from outside, and the heaps;
              SECONDS=60 in all, T=NAME one; heapsoak: OPS=10000000 of calls
  coverage    lines and branches that the suites run; paste: MIB=1 by serial
  mutants     change the source: do the tests notice? COUNT=100 SEED=1 T=FILE
  bench       what drawing, text, heaps cost, in the kernel and here; T=fill
              HOST=1 GUEST=1 BASE=FILE BASE_MAX=1 BARS=1 PEER=FILE.so TRACE=FILE
  campaign    provoke every fault: is it reported? T=divide; WRITE=1: the table
  seeded      put known bugs in, one by one: does the test that should notice?
  checks      the rules; reprocheck: the same bytes; soak: MINUTES=60 of typing
For tests and matrix:
  T=NAME      one alone: a word of pytest's -k, tests/test_boot.py::test_...,
              or configurations of the matrix, such as pair-7 (LIST=1 names all)
  X=1         stop at the first failure; REPEAT=N: each configuration so often
  STRICT=1    what is skipped has failed; SLOW=1: QEMU ten times slower
  SHARD=i/n   the i-th of n parts, for n machines; PYTEST_ARGS="..." for pytest
  RANDOM=N    so many random configurations; SEED=S  gives the same again;
              DEPTH=3  every triple of values, not every pair
Results in build/results: tests.xml, matrix.xml (JUnit), tests.ktap ...
endef
define help-config-text
A configuration from nothing; what it replaces is kept as .config.old:
  defconfig, NAME_defconfig   the reference kernel; configs/: bench, debug,
                              full, graphics, microvm, serial, tiny
  tinyconfig                  the smallest kernel that says something
  allnoconfig, allyesconfig   every option off, or on
  randconfig                  anything that can be had; SEED=N gives it again
The configuration that is there:
  menuconfig, guiconfig       choose in a menu on a terminal, in a window
  oldconfig, olddefconfig     take a changed tree: new options are asked for,
                              or get their default
  savedefconfig               write the shortest file that gives it
  listnewconfig               the options that it does not have yet
  why SYM=HEAP_SIZE_KIB       an option's value, where it came from, its range,
                              what it needs, what needs it
  diffconfig A=FILE B=FILE    two configurations; else .config.old and .config
  reference                   all options on a page to search, reference.html;
                              COSTS=1  measure anew what they cost, =new: some
Options on top, from files of CONFIG_NAME=value lines (fragments):
  make serial_defconfig big-heap.config      a goal NAME.config is a fragment
  make defconfig FRAGMENTS="a.config b"      any other name
  make big-heap.config                       on top of the present .config
docs/configuration.md has every goal and every error.
endef
define help-debug-text
  debug       QEMU stands still at its first instruction, and gdb goes on from
              there to kernel_main, with symbols; leaving gdb ends both
              The kernel's serial text is in debug-serial.log of the output.
In gdb:       tessera pagewalk ADDR, idt, areas, frames, heap, stack, log, type
              help tessera: what each shows; monitor ...: QEMU's own
For debug:
  GDB_ARGS="-batch -ex 'break kmalloc' -ex c -ex bt"  more words for gdb
  GDB=PROGRAM    another gdb; GDB_PORT=1234  QEMU's stub at a TCP port, for
                 other front ends
For run:
  MONITOR=1      QEMU's monitor on the terminal, in turns: Ctrl-A C
Both run and debug take BOOT=, MACHINE=, FIRMWARE=, MEMORY=, APPEND= (boot
parameters), QEMU_ARGS=.
docs/debugging.md tells more, also of gdb on real hardware (GDB_STUB).
endef
help:
	$(info $(help-text))@:
help-config:
	$(info $(help-config-text))@:
help-debug:
	$(info $(help-debug-text))@:
help-tests:
	$(info $(help-tests-text))@:

define help-more-text
Look at the build:
            size            bytes of each folder, and the largest symbols
                              BASE=DIR or BASE=FILE.elf  the difference
                              EACH=1  what each option costs, by building
            compile_commands.json  for clangd; needs no build before
            tags            for editors: functions, macros, options
            screenshots     docs/images anew, from kernels in QEMU; T=NAME: one
            drawing         docs/images/includes.svg anew: who includes whom
            scripts/extract-config FILE  the configuration inside an image
            scripts/decode-trace LOG     the source's lines of a log's addresses
            scripts/decode-qemu-log LOG  how a triple fault came about (-d int)
W=1..3      more warnings: 1 likely slips, 2 doubtful style, 3 mostly noise
C=1         check each source: clang-tidy, else cppcheck; CHECK=cppcheck
V=1, V=2    show the commands; tell why each thing is built
LLVM=1      clang and lld; LLVM=-16, LLVM=DIR/; CROSS_COMPILE=x86_64-elf-: gcc

Run without GRUB (option BOOT_PVH), and on other machines:
BOOT=direct  start tessera.elf itself, in a fifth of a second; no ISO is built
APPEND="name=value ..."  boot parameters, by GRUB, too (docs/configuration.md)
MACHINE=pc|q35|microvm  for run; a microvm takes BOOT=direct, serial line only

Code outside the tree (docs/external.md):
EXTERNAL=DIR1:DIR2  joins menu, build and tests; remembered in the output
EXTERNAL=           forgets it
endef
help-more:
	$(info $(help-more-text))@:
