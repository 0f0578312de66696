/* SPDX-License-Identifier: MIT */
/*
 * The list heap against the model of heap_model.h.
 */
#include "heap_model.h"

#include "../../mm/heap_list.c"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return heap_model_run(&heap_list_ops, data, size);
}
