/* Tells demand how the contribution of each scheme changes, which the pool's owner sets. */
#ifndef BAOGAN_PROJECTION_ENROL
#define BAOGAN_PROJECTION_ENROL

#include <baogan/projection.h>

/* `payer` has the pools: the community's own contract, or its area's. */
void bg_model_enrol(bg_model *self, const bg_contract *payer);

#endif
