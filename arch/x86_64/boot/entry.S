/* SPDX-License-Identifier: MIT */
/*
 * From the boot loader to C. A Multiboot2 loader enters at _start in 32-bit
 * protected mode, paging off, EAX its magic number, EBX the physical address of
 * its information. A PVH loader does the same but for EAX, and enters at
 * pvh_start. This code runs at its physical address; it
 *
 *   1. sets up the UART and says a first word,
 *   2. checks the loader and the CPU, and says a last word where one fails,
 *   3. maps the first 4 GiB three times, in pages of 2 MiB: at 0 (for this
 *      code), at PHYS_MAP_BASE (for C), and its first GiB at KERNEL_BASE,
 *   4. turns on long mode with no-execute and write protection, and jumps to
 *      kernel_main() on the kernel's own stack.
 *
 * paging_init() replaces these tables; nothing here is mapped after that. A
 * kernel without memory management (boot_tables.c) keeps them.
 */

#include "../kernel/layout.h"
#include "protocols.h"

#define XEN_ELFNOTE_PHYS32_ENTRY 18

#define EFLAGS_ID          0x00200000
#define CPUID_EXT_MAX      0x80000000
#define CPUID_EXT_FEATURES 0x80000001
#define CPUID_EDX_NX       (1 << 20)
#define CPUID_EDX_LM       (1 << 29)
#define CR4_PAE            (1 << 5)
#define CR4_MCE            (1 << 6) /* machine checks are exceptions */
#define MSR_EFER           0xc0000080
#define EFER_LME           (1 << 8)
#define EFER_NXE           (1 << 11)
#define CR0_WP             (1 << 16)
#define CR0_PG             (1 << 31)

/* Of boot_gdt, below. */
#define BOOT_CODE_SELECTOR 0x08
#define BOOT_DATA_SELECTOR 0x10

#define PTE_PRESENT_WRITE  0x03
#define PTE_LARGE          0x80
#define LARGE_PAGE         0x200000

#define VGA_TEXT           0xb8000
#define VGA_LAST_ROW       (VGA_TEXT + 24 * 160)
#define VGA_WHITE_ON_RED   0x4f

/* 16550 registers and bits, from the port's base (PC16550D data sheet). */
#define UART_DATA          0
#define UART_DIVISOR_LOW   0
#define UART_DIVISOR_HIGH  1
#define UART_INTERRUPTS    1
#define UART_LINE_CONTROL  3
#define UART_LINE_STATUS   5
#define LINE_8N1           0x03
#define LINE_DLAB          0x80
#define STATUS_ROOM        0x20
#define STATUS_EMPTY       0x40
#define UART_CLOCK         115200
#define UART_DIVISOR       \
	((UART_CLOCK + CONFIG_UART_BAUD / 2) / CONFIG_UART_BAUD)
#define UART_WAIT_READS    65536

	.section .boot.text, "ax"
	.code32
#ifdef CONFIG_BOOT_PVH
	.globl pvh_start
pvh_start:
	movl $PVH_START_MAGIC, %eax
#endif
	.globl _start
_start:
	cli
	cld
	movl $boot_stack_top, %esp
	movl %eax, %ebp
	call uart_setup
	movl $text_hello, %esi
	call uart_write

	movl $text_loader, %esi
#ifdef CONFIG_BOOT_PVH
	cmpl $PVH_START_MAGIC, %ebp
	je 1f
#endif
	cmpl $MULTIBOOT2_LOADER_MAGIC, %ebp
	jne die
1:	call check_cpu
	call build_tables

	movl $boot_pml4, %eax
	movl %eax, %cr3
	/* Not what the loader left: 5-level paging, say, would be fatal. */
	movl $(CR4_PAE | CR4_MCE), %eax
	movl %eax, %cr4
	movl $MSR_EFER, %ecx
	rdmsr
	orl $(EFER_LME | EFER_NXE), %eax
	wrmsr
	movl %cr0, %eax
	orl $(CR0_PG | CR0_WP), %eax
	movl %eax, %cr0
	lgdt boot_gdt_pointer
	ljmp $BOOT_CODE_SELECTOR, $long_mode

/* Long mode and no-execute, or a sentence. CPUID itself is there if the ID
 * bit of EFLAGS can be changed (Intel SDM vol. 1, 20.1.2). */
check_cpu:
	movl $text_long_mode, %esi
	pushfl
	popl %eax
	movl %eax, %ecx
	xorl $EFLAGS_ID, %eax
	pushl %eax
	popfl
	pushfl
	popl %eax
	xorl %ecx, %eax
	testl $EFLAGS_ID, %eax
	jz die
	movl %ebx, %edi
	movl $CPUID_EXT_MAX, %eax
	cpuid
	cmpl $CPUID_EXT_FEATURES, %eax
	jb die
	movl $CPUID_EXT_FEATURES, %eax
	cpuid
	movl %edi, %ebx
	testl $CPUID_EDX_LM, %edx
	jz die
	movl $text_no_execute, %esi
	testl $CPUID_EDX_NX, %edx
	jz die
	ret

/* Keeps EBX. The tables are zero: the loader clears what the file lacks. */
build_tables:
	movl $(boot_pdpt_low + PTE_PRESENT_WRITE), %eax
	movl %eax, boot_pml4
	movl %eax, boot_pml4 + 8 * PML4_INDEX(CONFIG_PHYS_MAP_BASE)
	movl $(boot_pdpt_high + PTE_PRESENT_WRITE), boot_pml4 + 8 * 511
	movl $(boot_pds + PTE_PRESENT_WRITE), boot_pdpt_high + 8 * 510

	movl $(boot_pds + PTE_PRESENT_WRITE), %eax
	xorl %ecx, %ecx
1:	movl %eax, boot_pdpt_low(, %ecx, 8)
	addl $4096, %eax
	incl %ecx
	cmpl $BOOT_MAPPED_GIB, %ecx
	jb 1b

	movl $(PTE_PRESENT_WRITE | PTE_LARGE), %eax
	xorl %ecx, %ecx
2:	movl %eax, boot_pds(, %ecx, 8)
	addl $LARGE_PAGE, %eax
	incl %ecx
	cmpl $(512 * BOOT_MAPPED_GIB), %ecx
	jb 2b
#ifdef CONFIG_KASAN
	/* The shadow of the image, in the last GiB (arch/kasan.h): its first
	 * functions of C write there. */
	movl $(boot_kasan_pd + PTE_PRESENT_WRITE), boot_pdpt_high + 8 * 511
	movl $(boot_kasan_pts + PTE_PRESENT_WRITE), %eax
	xorl %ecx, %ecx
3:	movl %eax, boot_kasan_pd(, %ecx, 8)
	addl $4096, %eax
	incl %ecx
	cmpl $KASAN_BOOT_TABLES, %ecx
	jb 3b

	movl $(kasan_shadow_load + PTE_PRESENT_WRITE), %eax
	movl $(KERNEL_LOAD / 8 / 4096), %ecx
4:	movl %eax, boot_kasan_pts(, %ecx, 8)
	addl $4096, %eax
	incl %ecx
	cmpl $kasan_shadow_load_end, %eax
	jb 4b
#endif
	ret

/* The last word: ESI, on the serial line and on the VGA text screen. */
die:
	pushl %esi
	call uart_write
	popl %esi
	movl $VGA_LAST_ROW, %edi
	movb $VGA_WHITE_ON_RED, %ah
1:	lodsb
	cmpb $' ', %al
	jb 2f
	stosw
	jmp 1b
2:	cli
	hlt
	jmp 2b

#ifdef CONFIG_UART16550
/* What the firmware wrote is sent before the rate changes under it. */
uart_setup:
	movb $STATUS_EMPTY, %ah
	call uart_wait
	movw $(CONFIG_UART_PORT + UART_INTERRUPTS), %dx
	xorb %al, %al
	outb %al, %dx
	movw $(CONFIG_UART_PORT + UART_LINE_CONTROL), %dx
	movb $LINE_DLAB, %al
	outb %al, %dx
	movw $(CONFIG_UART_PORT + UART_DIVISOR_LOW), %dx
	movb $(UART_DIVISOR & 0xff), %al
	outb %al, %dx
	movw $(CONFIG_UART_PORT + UART_DIVISOR_HIGH), %dx
	movb $(UART_DIVISOR >> 8), %al
	outb %al, %dx
	movw $(CONFIG_UART_PORT + UART_LINE_CONTROL), %dx
	movb $LINE_8N1, %al
	outb %al, %dx
	ret

/* Wait until a bit of AH is set in the line status, for UART_WAIT_READS looks
 * at most. */
uart_wait:
	movl $UART_WAIT_READS, %ecx
	movw $(CONFIG_UART_PORT + UART_LINE_STATUS), %dx
1:	inb %dx, %al
	testb %ah, %al
	jnz 2f
	decl %ecx
	jnz 1b
2:	ret

/* Text at ESI up to its zero byte. */
uart_write:
	cmpb $0, (%esi)
	je 3f
	movb $STATUS_ROOM, %ah
	call uart_wait
	movw $(CONFIG_UART_PORT + UART_DATA), %dx
	lodsb
	outb %al, %dx
	jmp uart_write
3:	ret
#else
uart_setup:
uart_write:
	ret
#endif

	.code64
long_mode:
	movw $BOOT_DATA_SELECTOR, %ax
	movw %ax, %ds
	movw %ax, %es
	movw %ax, %ss
	xorl %eax, %eax
	movw %ax, %fs
	movw %ax, %gs
	movq $kernel_stacks + STACK_MAIN_TOP, %rsp
	movl %ebx, %ebx
	movq $boot_loader_data, %rax
	movq %rbx, (%rax)
#ifdef CONFIG_BOOT_PVH
	movq $boot_loader_magic, %rax
	movl %ebp, (%rax)
#endif
	/* A frame pointer of 0 and no return address: the first frame. */
	xorl %ebp, %ebp
	pushq $0
	movq $kernel_main, %rax
	jmp *%rax

	.section .boot.rodata, "a"
text_hello:
	.asciz "boot: entered in 32-bit mode\r\n"
text_loader:
	.ascii "boot: not loaded by a ", BOOT_PROTOCOLS, " loader; "
	.ascii "start this kernel with ", BOOT_LOADERS
	.asciz ". CPU halted.\r\n"
text_long_mode:
	.ascii "boot: this CPU has no long mode; "
	.asciz "Tessera needs a 64-bit x86 CPU. CPU halted.\r\n"
text_no_execute:
	.ascii "boot: this CPU cannot forbid execution (NX); "
	.asciz "Tessera needs it. CPU halted.\r\n"

	/* Flat segments for the way to C; cpu_init() brings the real ones. */
	.balign 8
boot_gdt:
	.quad 0
	.quad 0x00209a0000000000
	.quad 0x0000920000000000
boot_gdt_pointer:
	.word boot_gdt_pointer - boot_gdt - 1
	.long boot_gdt

	.section .boot.bss, "aw", @nobits
	.balign 4096
boot_pml4:
	.skip 4096
boot_pdpt_low:
	.skip 4096
boot_pdpt_high:
	.skip 4096
boot_pds:
	.skip 4096 * BOOT_MAPPED_GIB
#ifdef CONFIG_KASAN
boot_kasan_pd:
	.skip 4096
boot_kasan_pts:
	.skip 4096 * KASAN_BOOT_TABLES
#endif
	.skip 4096
boot_stack_top:

#ifdef CONFIG_BOOT_PVH
	.section .bss
	.balign 4
	.globl boot_loader_magic
boot_loader_magic:
	.skip 4

	/* By this note a PVH loader knows where to enter (Xen,
	 * public/elfnote.h): { sizes, type, name, 32-bit physical address }. */
	.section .note.Xen, "a", @note
	.balign 4
	.long 4
	.long 8
	.long XEN_ELFNOTE_PHYS32_ENTRY
	.asciz "Xen"
	.quad pvh_start
#endif

	.section .note.GNU-stack, "", @progbits
