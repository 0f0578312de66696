/* SPDX-License-Identifier: MIT */
/*
 * One entry a vector, VECTOR_ENTRY_BYTES each, made from the vector's number:
 * it puts a zero where the CPU pushes no error code, then the number, and
 * joins the others. The CPU aligns the stack to 16 bytes before it pushes its
 * 5 words; 2 + 15 more make 22, so the stack is aligned again at the call.
 */
#include "ibt.h"
#include "layout.h"

	.text
	.balign VECTOR_ENTRY_BYTES
	.globl trap_entries
trap_entries:
	.set vector, 0
	.rept VECTOR_COUNT
	.balign VECTOR_ENTRY_BYTES
	ENDBR
	.if vector >= 32 || !((ERROR_CODE_VECTORS >> vector) & 1)
	pushq $0
	.endif
	pushq $vector
	jmp trap_common
	.set vector, vector + 1
	.endr
	.balign VECTOR_ENTRY_BYTES
	.globl trap_entries_end
trap_entries_end:

/* Vectors that nothing should raise, and no exception: back, as if nothing
 * had been. */
	.globl trap_ignore
trap_ignore:
	ENDBR
	iretq

trap_common:
	pushq %r15
	pushq %r14
	pushq %r13
	pushq %r12
	pushq %r11
	pushq %r10
	pushq %r9
	pushq %r8
	pushq %rbp
	pushq %rdi
	pushq %rsi
	pushq %rdx
	pushq %rcx
	pushq %rbx
	pushq %rax
	cld
	movq %rsp, %rdi
	call trap_handle
	.globl trap_return
trap_return:
	popq %rax
	popq %rbx
	popq %rcx
	popq %rdx
	popq %rsi
	popq %rdi
	popq %rbp
	popq %r8
	popq %r9
	popq %r10
	popq %r11
	popq %r12
	popq %r13
	popq %r14
	popq %r15
	addq $16, %rsp
	iretq

	.section .note.GNU-stack, "", @progbits
