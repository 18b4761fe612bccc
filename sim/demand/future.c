#include "demand/model.h"

#include "base/columns.h"
#include "base/storage.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void lay_out(void *owner, bg_storage *storage)
{
    bg_future *self = owner;
    const size_t scheme_years = self->schemes * self->years;
    const size_t line_years = self->lines * self->years;
    bg_fen **const monthly[] = {&self->expense, &self->outside, &self->emergency, &self->rebound};
    for (size_t i = 0; i < sizeof monthly / sizeof *monthly; i++) {
        *monthly[i] = bg_storage_column(storage, 12 * scheme_years, sizeof(bg_fen));
    }
    self->patients = bg_storage_column(storage, scheme_years, sizeof(bg_fen));
    self->disallowed = bg_storage_column(storage, scheme_years, sizeof(bg_fen));
    self->recovered = bg_storage_column(storage, scheme_years, sizeof(bg_fen));
    self->people = bg_storage_column(storage, scheme_years, sizeof(double));
    self->line_paid = bg_storage_column(storage, line_years, sizeof(bg_fen));
    self->line_cases = bg_storage_column(storage, line_years, sizeof(double));
    self->line_patients = bg_storage_column(storage, line_years, sizeof(bg_fen));
    self->quantity = bg_storage_column(storage, self->quantities * self->years, sizeof(double));
    self->begins = bg_storage_column(storage, self->years, sizeof(bool));
    self->size = storage->used;
}

bg_status bg_future_init(bg_future *self, const bg_demand *demand)
{
    *self = (bg_future){
        .schemes = demand->scheme_count,
        .years = demand->years,
        .lines = demand->line_count,
        .quantities = demand->quantity_count,
    };
    self->storage = bg_storage_make(self, lay_out);
    return self->storage ? BG_OK : BG_MEMORY;
}

void bg_future_free(bg_future *self)
{
    free(self->storage);
    *self = (bg_future){0};
}

bg_fen bg_future_expense(const bg_future *self, size_t scheme, size_t year)
{
    const bg_fen *months = self->expense + BG_FUTURE_MONTH(self, scheme, year, 0);
    bg_fen sum = 0;
    for (size_t month = 0; month < 12; month++) {
        sum += months[month];
    }
    return sum;
}

void bg_future_months(const bg_future *path, size_t scheme, size_t year, bool inside,
                      bg_fen months[12])
{
    for (size_t month = 0; month < 12; month++) {
        const size_t at = BG_FUTURE_MONTH(path, scheme, year, month);
        months[month] = path->expense[at] - (inside ? path->outside[at] : 0);
    }
}

void bg_demand_columns_expense(const bg_demand_columns *self, size_t n, bg_fen *expense)
{
    const bg_columns *columns = bg_columns_current();
    columns->sum(n, 12, self->expense, expense); /* months are bounded so that all fits */
    if (self->outside_apart) {
        columns->add(n, expense, self->outside, expense);
    }
}

void bg_future_clear(bg_future *self)
{
    memset(self->storage, 0, self->size);
}

static bg_status round_to_fen(double amount, bg_fen *result)
{
    if (!(amount <= BG_MONTH_LINE_MAX)) {
        return BG_OVERFLOW;
    }
    *result = llround(amount);
    return BG_OK;
}

bg_status bg_future_post(bg_future *self, const bg_demand *demand, const bg_month_line *at,
                         const bg_month_amounts *amounts)
{
    const bg_demand_line *line = &demand->line[at->line];
    bg_fen care, direct, incident, added, rebound, patients;
    if (round_to_fen(amounts->care, &care) || round_to_fen(amounts->direct, &direct) ||
        round_to_fen(amounts->incident, &incident) ||
        round_to_fen((double)care * amounts->emergency_share, &added) ||
        round_to_fen((double)care * amounts->rebound_share, &rebound) ||
        round_to_fen((double)care * amounts->patient_share, &patients)) {
        return BG_OVERFLOW;
    }
    const size_t month = BG_FUTURE_MONTH(self, line->scheme, at->year, at->month);
    const size_t line_year = BG_FUTURE_YEAR(self, at->line, at->year);
    const bg_fen paid = care + direct + incident;
    self->expense[month] += paid;
    self->outside[month] += line->outside ? paid : 0;
    self->emergency[month] += direct + added;
    self->rebound[month] += rebound;
    self->patients[BG_FUTURE_YEAR(self, line->scheme, at->year)] += patients;
    self->line_paid[line_year] += paid;
    self->line_patients[line_year] += patients;
    self->line_cases[line_year] += line->has_cases ? amounts->cases : 0;
    return BG_OK;
}

void bg_demand_disallow(bg_rates share, size_t n, const bg_fen *emergency, const bg_fen *rebound,
                        bg_fen *disallowed)
{
    const bg_columns *columns = bg_columns_current();
    columns->subtract(n, disallowed, emergency, disallowed);
    columns->subtract(n, disallowed, rebound, disallowed);
    columns->share(n, disallowed, share, disallowed);
}

static bg_fen of_year(const bg_fen *months)
{
    bg_fen sum = 0;
    for (size_t month = 0; month < 12; month++) {
        sum += months[month];
    }
    return sum;
}

void bg_future_close(bg_future *self, size_t year, const bg_decimal share[BG_MAX_SCHEMES])
{
    for (size_t scheme = 0; scheme < self->schemes; scheme++) {
        const size_t january = BG_FUTURE_MONTH(self, scheme, year, 0);
        const bg_fen emergency = of_year(self->emergency + january);
        const bg_fen rebound = of_year(self->rebound + january);
        bg_fen *disallowed = &self->disallowed[BG_FUTURE_YEAR(self, scheme, year)];
        *disallowed = of_year(self->expense + january);
        bg_demand_disallow((bg_rates){.at = &share[scheme]}, 1, &emergency, &rebound, disallowed);
    }
}
