/* SPDX-License-Identifier: MIT */
/*
 * The roof: the one place where the order of boot is written. entry.S comes
 * here in 64-bit mode, on the kernel's stack, interrupts off, with the boot
 * loader's tables replaced by provisional ones.
 */
#include <arch/boot_info.h>
#include <arch/cpu.h>
#include <arch/irq.h>
#include <arch/paging.h>
#include <kernel/boot_param.h>
#include <kernel/boot_test.h>
#include <kernel/compiler.h>
#include <kernel/driver.h>
#include <kernel/idle.h>
#include <kernel/kasan.h>
#include <kernel/log.h>
#include <kernel/memory_fill.h>
#include <kernel/provoke.h>
#include <kernel/stack_protector.h>
#include <kernel/stack_watermark.h>
#include <kernel/util.h>
#include <mm/frames.h>
#include <mm/heap.h>
#include <shell/command.h>

SET_DEFINE(boot_tests);

void kernel_main(void) __noreturn __no_stack_protector;

static __noreturn void idle(void)
{
	log_info("init: no shell in this configuration; idle.");
	for (;;) {
		irq_disable();
		if (!idle_work_run())
			cpu_sleep();
	}
}

void kernel_main(void)
{
	stack_protector_begin();
	kasan_begin();
	drivers_start(DRIVER_EARLY); /* first, so that all else can speak */
	log_info("Tessera " TESSERA_VERSION " (" ARCH_NAME ")");
	cpu_init();              /* the TSS names the stack for double faults */
	irq_init();              /* from here on a fault is a report */
	stack_watermark_begin(); /* all stacks are there */
	boot_info_init();        /* what memory and which screen there are */
	boot_params_apply(boot_info_get()->command_line);
	if (IS_ENABLED(CONFIG_MM))
		frames_init(boot_info_get());
	paging_init(); /* W^X and guard pages; the boot tables end */
	if (IS_ENABLED(CONFIG_MM))
		frames_use_high();    /* the direct map shows all of them now */
	memory_fill_choose();         /* before the screen is filled */
	drivers_start(DRIVER_OUTPUT); /* the screen shows all, from here on */
	if (IS_ENABLED(CONFIG_MM))
		heap_init();
	drivers_start(DRIVER_DEVICE); /* each unmasks its line */
	irq_enable();

	provoke_at_boot();
	SET_FOREACH(test, boot_tests)
		(*test)->run();
	if (IS_ENABLED(CONFIG_SHELL))
		shell_run();
	idle();
}
