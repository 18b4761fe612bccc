/* People who leave or come as their contribution changes, by columns. */
#ifndef BAOGAN_DEMAND_FAST_ENROLMENT
#define BAOGAN_DEMAND_FAST_ENROLMENT

#include "demand/fast.h"

/* After people's columns: those that differ from them where a contribution changes. */
void bg_fast_lay_out_enrolment(bg_block_sampler *self, bg_storage *storage);
/* The block's elasticities. */
void bg_fast_draw_enrolment(bg_block_sampler *self);
/* People and exposure of year t after the last base year from its population; before the budget nobody leaves. */
void bg_fast_enrol(bg_block_sampler *self, size_t t);

#endif
