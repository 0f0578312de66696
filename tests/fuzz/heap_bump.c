/* SPDX-License-Identifier: MIT */
/*
 * The bump heap against the model of heap_model.h.
 */
#include "heap_model.h"

#include "../../mm/heap_bump.c"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return heap_model_run(&heap_bump_ops, data, size);
}
