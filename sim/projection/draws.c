#include "projection/draws.h"

#include <stdlib.h>
#include <string.h>

/* calloc of a product of four; NULL where it does not fit. */
static void *columns(size_t units, size_t years, size_t rows, size_t n, size_t size)
{
    size_t count = units;
    const size_t factors[] = {years, rows, n};
    for (size_t i = 0; i < 3; i++) {
        if (factors[i] != 0 && count > SIZE_MAX / factors[i]) {
            return NULL;
        }
        count *= factors[i];
    }
    return calloc(count ? count : 1, size);
}

bg_status bg_draws_init(bg_draws *self, size_t units, size_t years, size_t outcomes, size_t n)
{
    *self = (bg_draws){.n = n, .units = units, .years = years, .outcomes = outcomes};
    self->outcome = columns(units, years, outcomes, n, sizeof *self->outcome);
    self->cash = columns(units, years, 12, n, sizeof *self->cash);
    self->event = columns(units, years, 1, n, sizeof *self->event);
    return self->outcome && self->cash && self->event ? BG_OK : BG_MEMORY;
}

void bg_draws_free(bg_draws *self)
{
    free(self->outcome);
    free(self->cash);
    free(self->event);
    *self = (bg_draws){0};
}

bg_status bg_draws_copy(bg_draws *self, const bg_draws *from)
{
    const bg_status status = bg_draws_init(self, from->units, from->years, from->outcomes, from->n);
    if (status == BG_OK) {
        const size_t rows = from->units * from->years * from->n;
        memcpy(self->outcome, from->outcome, rows * from->outcomes * sizeof *self->outcome);
        memcpy(self->cash, from->cash, rows * 12 * sizeof *self->cash);
        memcpy(self->event, from->event, rows * sizeof *self->event);
    }
    return status;
}

bg_fen *bg_draws_outcome(const bg_draws *self, size_t unit, size_t year, size_t outcome)
{
    return self->outcome + ((unit * self->years + year) * self->outcomes + outcome) * self->n;
}

bg_fen *bg_draws_cash(const bg_draws *self, size_t unit, size_t year, size_t month)
{
    return self->cash + ((unit * self->years + year) * 12 + month) * self->n;
}

uint8_t *bg_draws_event(const bg_draws *self, size_t unit, size_t year)
{
    return self->event + (unit * self->years + year) * self->n;
}
