/* SPDX-License-Identifier: MIT */
/*
 * Error numbers. An action returns 0 or one of these, negated. The values are
 * those of Linux, so that a number read in a log means what it means there.
 */
#ifndef KERNEL_ERRNO_H
#define KERNEL_ERRNO_H

enum {
	ENOENT = 2,
	EINTR = 4,
	EIO = 5,
	EAGAIN = 11,
	ENOMEM = 12,
	EFAULT = 14,
	EEXIST = 17,
	ENODEV = 19,
	EINVAL = 22,
	ENOSPC = 28,
	ERANGE = 34,
	ETIMEDOUT = 110,
};

#endif
