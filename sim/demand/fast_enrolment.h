/* People who leave or come as their contribution changes, by columns. */
#ifndef BAOGAN_DEMAND_FAST_ENROLMENT
#define BAOGAN_DEMAND_FAST_ENROLMENT

#include "demand/fast.h"

/* After people's columns: those that differ from them where a contribution changes. */
void bg_fast_lay_out_enrolment(bg_block_sampler *self, bg_storage *storage);
/* The block's elasticities. */
void bg_fast_draw_enrolment(bg_block_sampler *self);
/* People and exposure of a budget year from its population. */
void bg_fast_enrol(bg_block_sampler *self, size_t year);
/* Those of a year before the budget, in which nobody leaves. */
void bg_fast_enrol_all(bg_block_sampler *self);

#endif
