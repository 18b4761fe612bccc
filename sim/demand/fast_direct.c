#include "demand/fast_direct.h"

#include "demand/direct_cost.h"

#include <string.h>

static double share_of_group(const bg_block_sampler *self, const bg_fast_group *group,
                             const bg_change *change)
{
    double share = 0;
    for (size_t i = group->first; i < group->first + group->count; i++) {
        share += change->direct.share[self->member[i]];
    }
    return share;
}

/* Adds a month's part of an incident to the column. */
static void add_part(const bg_block_sampler *self, size_t index, double part,
                     double *restrict amount)
{
    const bg_change *change = &self->demand->change[index];
    const bool sure = bg_change_is_sure(change);
    const double *happens = self->sizes.happens[index], *normal = self->sizes.normal[index];
    for (size_t i = 0; i < self->n; i++) {
        if (sure || happens[i] > 0) {
            amount[i] += bg_direct_cost_drawn(change, sure ? 0 : normal[i]) * part;
        }
    }
}

/* Fills the column with a month's direct cost of incidents that count as emergencies, or of those that do not. False
 * where there is none. */
static bool gather(const bg_block_sampler *self, const bg_fast_group *group, size_t year,
                   size_t month, bool emergency, double *amount)
{
    bool any = false;
    for (size_t j = 0; j < self->demand->change_count; j++) {
        const bg_change *change = &self->demand->change[j];
        const double share = share_of_group(self, group, change);
        if (share <= 0 || change->emergency != emergency ||
            !bg_direct_cost_pays(change, year, month)) {
            continue;
        }
        if (!any) {
            memset(amount, 0, self->n * sizeof *amount);
        }
        any = true;
        add_part(self, j, share / (double)change->direct.months, amount);
    }
    return any;
}

static bg_status post(const bg_block_sampler *self, const bg_fast_group *group, size_t month,
                      bool emergency, const bg_demand_columns *to)
{
    const bool apart = group->outside && to->outside_apart;
    bg_fen *expense = apart ? to->outside : to->expense[month];
    for (size_t i = 0; i < self->n; i++) {
        if (!(self->scale[i] <= BG_MONTH_LINE_MAX)) {
            return BG_OVERFLOW;
        }
        const bg_fen paid = bg_fast_round(self->scale[i]);
        expense[i] += paid;
        to->outside[i] += group->outside && !apart ? paid : 0;
        to->emergency[i] += emergency ? paid : 0;
    }
    return BG_OK;
}

/* What was posted of a month, by line: rounded each, the rest to the last that has a share. */
static void divide(const bg_block_sampler *self, const bg_fast_group *group, size_t year, size_t i,
                   const bg_demand_columns *to)
{
    bg_fen *last = NULL;
    for (size_t k = 0; k < self->n; k++) {
        self->left[k] = bg_fast_round(self->scale[k]);
    }
    for (size_t m = group->first; m < group->first + group->count; m++) {
        const bg_fast_group alone = {.first = m, .count = 1};
        if (!gather(self, &alone, year, i / 2, i % 2, self->line_mean)) {
            continue;
        }
        last = to->line[self->member[m]];
        for (size_t k = 0; k < self->n; k++) {
            const bg_fen part = bg_fast_round(self->line_mean[k]);
            const bg_fen paid = part < self->left[k] ? part : self->left[k];
            last[k] += paid;
            self->left[k] -= paid;
        }
    }
    for (size_t k = 0; last && k < self->n; k++) {
        last[k] += self->left[k];
    }
}

bg_status bg_fast_add_direct(bg_block_sampler *self, const bg_fast_group *group, size_t year,
                             const bg_demand_columns *to)
{
    bg_status status = BG_OK;
    for (size_t i = 0; !status && self->demand->change_count > 0 && i < 24; i++) {
        const size_t month = i / 2;
        const bool emergency = i % 2;
        if (gather(self, group, year, month, emergency, self->scale)) {
            status = post(self, group, month, emergency, to);
            if (!status && to->line) {
                divide(self, group, year, i, to);
            }
        }
    }
    return status;
}
