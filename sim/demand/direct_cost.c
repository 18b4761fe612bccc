#include "demand/direct_cost.h"

#include "base/elementary.h"
#include "demand/ageing.h"

double bg_expected_payments(const bg_demand *self, size_t line, int year)
{
    const bg_demand_line *of = &self->line[line];
    const bg_demand_scheme *scheme = &self->scheme[of->scheme];
    const bg_demand_part *f = &of->part[BG_FREQUENCY], *c = &of->part[BG_COST];
    const int after = (int)self->gap + 1 + year - self->first_year;
    const size_t t = after > 0 ? (size_t)after : 0; /* years after the last base year */
    return bg_people_mean(scheme, t) * f->level * c->level *
           bg_exp((f->trend.used + c->trend.used) * (double)t + bg_mix_log(f, t) +
                  bg_mix_log(c, t));
}

static void divide(const bg_demand *self, bg_change *change)
{
    double *share = change->direct.share, sum = 0;
    for (size_t i = 0; i < self->line_count; i++) {
        share[i] = change->line[i] ? bg_expected_payments(self, i, change->begins) : 0;
        sum += share[i];
    }
    for (size_t i = 0; i < self->line_count && sum > 0; i++) {
        share[i] /= sum;
    }
}

void bg_direct_costs_divide(bg_demand *self)
{
    for (size_t j = 0; j < self->change_count; j++) {
        if (bg_change_has_direct(&self->change[j])) {
            divide(self, &self->change[j]);
        }
    }
}

bool bg_direct_cost_pays(const bg_change *self, size_t year, size_t month)
{
    return !self->off && bg_change_has_direct(self) &&
           bg_has_month(self->direct.in_year[year], month);
}

double bg_direct_cost_drawn(const bg_change *self, double normal)
{
    return bg_change_amount_drawn(&self->direct.amount, normal);
}

double bg_direct_cost_mean(const bg_change *self)
{
    const double mean = bg_change_amount_mean(&self->direct.amount);
    return self->probability < 1 ? self->probability * mean : mean;
}

static void add(const bg_change *change, double in_all, size_t line, bg_month_amounts *amounts)
{
    double *amount = change->emergency ? &amounts->direct : &amounts->incident;
    *amount += in_all * change->direct.share[line] / (double)change->direct.months;
}

void bg_direct_costs(const bg_demand *self, const bg_month_line *at, const bg_change_sizes *sizes,
                     bg_month_amounts *amounts)
{
    for (size_t j = 0; j < self->change_count; j++) {
        const bg_change *change = &self->change[j];
        const bool sure = bg_change_is_sure(change);
        if (bg_direct_cost_pays(change, at->year, at->month) && (sure || *sizes->happens[j] > 0)) {
            add(change, bg_direct_cost_drawn(change, sure ? 0 : *sizes->normal[j]), at->line,
                amounts);
        }
    }
}

void bg_direct_costs_mean(const bg_demand *self, const bg_month_line *at, bg_month_amounts *amounts)
{
    for (size_t j = 0; j < self->change_count; j++) {
        const bg_change *change = &self->change[j];
        if (bg_direct_cost_pays(change, at->year, at->month)) {
            add(change, bg_direct_cost_mean(change), at->line, amounts);
        }
    }
}

double bg_direct_costs_mean_of_year(const bg_demand *self, size_t line, size_t year)
{
    bg_month_amounts sum = {0};
    for (size_t month = 0; month < 12; month++) {
        const bg_month_line at = {.line = line, .year = year, .month = month};
        bg_direct_costs_mean(self, &at, &sum);
    }
    return sum.direct + sum.incident;
}
