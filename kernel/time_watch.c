/* SPDX-License-Identifier: MIT */
/*
 * Who wants to be called with each tick.
 */
#include "time_watch.h"

void (*volatile time_watch)(void);
