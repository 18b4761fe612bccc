#include "projection/income.h"

#include "base/storage.h"
#include "random/noise.h"

#include <baogan/stream.h>
#include <stdio.h>
#include <stdlib.h>

/* How far a year's growth strays from its mean at most, in sd: symmetric, so that the mean stays. */
#define CUT 4.0

static void lay_out(void *owner, bg_storage *from)
{
    bg_income_draws *self = owner;
    const bg_contract *payer = self->payer;
    for (size_t s = 0; s < payer->history.scheme_count; s++) {
        if (bg_pool_is_uncertain(&payer->pool[s])) {
            self->growth[s] =
                bg_storage_column(from, payer->years * self->capacity, sizeof(double));
        }
    }
    for (size_t i = 0; i < 2; i++) {
        self->normal[i] = bg_storage_column(from, self->capacity, sizeof(double));
    }
}

bg_status bg_income_draws_init(bg_income_draws *self, const bg_contract *payer, uint64_t seed,
                               size_t capacity)
{
    *self = (bg_income_draws){.payer = payer, .seed = seed, .capacity = capacity};
    self->storage = bg_storage_make(self, lay_out);
    return self->storage ? BG_OK : BG_MEMORY;
}

void bg_income_draws_free(bg_income_draws *self)
{
    free(self->storage);
    *self = (bg_income_draws){0};
}

static double *column(const bg_income_draws *self, size_t scheme, size_t year)
{
    return self->growth[scheme] + year * self->capacity;
}

/* growth *= 1 + nu of the calendar year, from the stream "income/<scheme>/<year>". */
static void grow(bg_income_draws *self, size_t scheme, int year, uint32_t first, size_t n,
                 double *growth)
{
    const bg_pool *pool = &self->payer->pool[scheme];
    const double mean = 1 + (double)pool->growth / (double)BG_ONE;
    const double sd = (double)pool->growth_sd / (double)BG_ONE;
    char name[64];
    snprintf(name, sizeof name, "income/%s/%d", self->payer->history.scheme[scheme].name, year);
    bg_noise_functions()->normals(self->seed, bg_stream_key(name), 0, first, n, self->normal[0],
                                  self->normal[1]);
    for (size_t i = 0; i < n; i++) {
        const double z = self->normal[0][i];
        const double cut = z < -CUT ? -CUT : z > CUT ? CUT : z;
        growth[i] *= mean + sd * cut;
    }
}

static void draw_year(bg_income_draws *self, size_t scheme, size_t year, uint32_t first, size_t n)
{
    const bg_pool *pool = &self->payer->pool[scheme];
    const int calendar = self->payer->first_year + (int)year;
    int since = bg_pool_amount_year(pool, calendar);
    double *growth = column(self, scheme, year);
    const bool goes_on = year > 0 && since < calendar;
    for (size_t i = 0; i < n; i++) {
        growth[i] = goes_on ? column(self, scheme, year - 1)[i] : 1;
    }
    since = goes_on ? calendar - 1 : since;
    for (int y = since + 1; y <= calendar; y++) {
        grow(self, scheme, y, first, n, growth);
    }
}

void bg_income_draw(bg_income_draws *self, size_t first, size_t n)
{
    self->drawn = true;
    for (size_t s = 0; s < self->payer->history.scheme_count; s++) {
        for (size_t y = 0; self->growth[s] && y < self->payer->years; y++) {
            draw_year(self, s, y, (uint32_t)(first + 1), n);
        }
    }
}

void bg_income_draw_central(bg_income_draws *self)
{
    self->drawn = false;
}

const double *bg_income_growth(const bg_income_draws *self, size_t scheme, size_t year)
{
    return self->drawn && self->growth[scheme] ? column(self, scheme, year) : NULL;
}
