/* SPDX-License-Identifier: MIT */
/*
 * The two-level heap against the model of heap_model.h.
 */
#include "heap_model.h"

#include "../../mm/heap_tlsf.c"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return heap_model_run(&heap_tlsf_ops, data, size);
}
