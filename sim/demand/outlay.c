#include "demand/outlay.h"

#include "demand/model.h"

const char *bg_outlay_payer_name(bg_outlay_payer payer)
{
    static const char *const names[BG_OUTLAY_PAYERS] = {"community", "pool", "government"};
    return names[payer];
}

bool bg_demand_has_outlay(const bg_demand *self, size_t index)
{
    return self->change[index].outlay;
}

const bg_node *bg_demand_outlay_purpose(const bg_demand *self, size_t index)
{
    const bg_outlay *outlay = self->change[index].outlay;
    return outlay ? outlay->purpose : NULL;
}

bg_fen bg_demand_outlay(const bg_demand *self, size_t index, bg_outlay_payer payer, size_t scheme,
                        size_t year)
{
    const bg_outlay *outlay = self->change[index].outlay;
    bg_fen sum = 0;
    for (size_t month = 0; outlay && outlay->payer == payer && month < 12; month++) {
        sum += outlay->month[scheme][year][month];
    }
    return sum;
}

bg_fen bg_demand_outlay_of_month(const bg_demand *self, bg_outlay_payer payer, size_t scheme,
                                 size_t year, size_t month)
{
    bg_fen sum = 0;
    for (size_t j = 0; j < self->change_count; j++) {
        const bg_change *change = &self->change[j];
        if (change->outlay && !change->off && change->outlay->payer == payer) {
            sum += change->outlay->month[scheme][year][month];
        }
    }
    return sum;
}
