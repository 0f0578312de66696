/* SPDX-License-Identifier: MIT */
/*
 * The fast heap against the model of heap_model.h.
 */
#include "heap_model.h"

#include "../../mm/heap_tlsf.c"

#include "../../mm/heap_fast.c"
#include "../../mm/heap_fast_check.c"
#include "../../mm/heap_fast_kept.c"
#include "../../mm/heap_fast_slabs.c"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return heap_model_run(&heap_fast_ops, data, size);
}
