/* SPDX-License-Identifier: MIT */
/*
 * Saves and gives back the registers that a function must preserve (System V
 * ABI for AMD64, 3.2.1), in the order of struct fault_guard.
 */
	.text

/* bool fault_guard_save(struct fault_guard *guard) */
	.globl fault_guard_save
fault_guard_save:
	movq %rbx, (%rdi)
	movq %rbp, 8(%rdi)
	movq %r12, 16(%rdi)
	movq %r13, 24(%rdi)
	movq %r14, 32(%rdi)
	movq %r15, 40(%rdi)
	leaq 8(%rsp), %rax	/* as it is after the return */
	movq %rax, 48(%rdi)
	movq (%rsp), %rax
	movq %rax, 56(%rdi)
	xorl %eax, %eax
	ret

/* void fault_guard_resume(const struct fault_guard *guard) */
	.globl fault_guard_resume
fault_guard_resume:
	movq (%rdi), %rbx
	movq 8(%rdi), %rbp
	movq 16(%rdi), %r12
	movq 24(%rdi), %r13
	movq 32(%rdi), %r14
	movq 40(%rdi), %r15
	movq 48(%rdi), %rsp
	movl $1, %eax
	jmp *56(%rdi)

	.section .note.GNU-stack, "", @progbits
