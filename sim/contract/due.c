#include "contract/due.h"

#include "base/columns.h"

enum { YEAR = 12 };

void bg_due_open(bg_due *self, size_t n)
{
    self->year = 0;
    for (size_t month = 0; month < self->months; month++) {
        bg_column_fill(n, 0, self->month[month]);
    }
    if (self->months > 0) {
        bg_column_fill(n, 0, self->cash);
    }
}

/* What was due in the year before is past: its columns are those of the last months. */
static void turn(bg_due *self, size_t n)
{
    bg_fen *past[YEAR];
    for (size_t month = 0; month < YEAR; month++) {
        past[month] = self->month[month];
        bg_column_fill(n, 0, past[month]);
    }
    for (size_t month = YEAR; month < self->months; month++) {
        self->month[month - YEAR] = self->month[month];
    }
    for (size_t month = 0; month < YEAR; month++) {
        self->month[self->months - YEAR + month] = past[month];
    }
    self->year++;
}

void bg_due_begin(bg_due *self, size_t n, size_t year)
{
    while (self->months > 0 && self->year < year) {
        turn(self, n);
    }
}

bg_status bg_due_add_in(const bg_due *self, size_t n, size_t month, const bg_fen *amount)
{
    return bg_column_add(n, self->month[month], amount, self->month[month]);
}

bg_status bg_due_add(const bg_due *self, size_t n, bg_fen *const *instalment,
                     const bg_fen *clearing)
{
    bg_status status = BG_OK;
    for (size_t month = 0; month < YEAR && status == BG_OK; month++) {
        status = bg_due_add_in(self, n, month + self->calendar->delay, instalment[month]);
    }
    return status || !clearing ? status
                               : bg_calendar_clear(self->calendar, n, clearing, self->month);
}
