#include "report/draws_csv.h"

/* One unit in one year. */
typedef struct place {
    const bg_projection *projection;
    FILE *stream;
    size_t unit, year;
} place;

static void write_header(const bg_projection *projection, FILE *stream)
{
    fputs("replication,unit,year", stream);
    for (size_t o = 0; o < bg_projection_outcome_count(projection); o++) {
        fprintf(stream, ",%s", bg_projection_outcome(projection, o));
    }
    for (int month = 1; month <= 12; month++) {
        fprintf(stream, ",cash_%02d", month);
    }
    for (bg_event event = 0; event < BG_EVENT_COUNT; event++) {
        fprintf(stream, ",event_%s", bg_event_name(event));
    }
    fputc('\n', stream);
}

static void write_amount(FILE *stream, bg_fen amount)
{
    char text[BG_NUMBER_TEXT];
    fputc(',', stream);
    fputs(bg_money_text(amount, text), stream);
}

/* The i-th of the futures that pass. */
static void write_row(const place *self, size_t replication, size_t i)
{
    const bg_projection *p = self->projection;
    fprintf(self->stream, "%zu,%s,%d", replication, bg_projection_unit(p, self->unit),
            bg_projection_year(p, self->year));
    for (size_t o = 0; o < bg_projection_outcome_count(p); o++) {
        write_amount(self->stream, bg_projection_passing(p, self->unit, self->year, o)[i]);
    }
    for (size_t month = 0; month < 12; month++) {
        write_amount(self->stream, bg_projection_passing_cash(p, self->unit, self->year, month)[i]);
    }
    const unsigned events = bg_projection_passing_events(p, self->unit, self->year)[i];
    for (unsigned event = 0; event < BG_EVENT_COUNT; event++) {
        fputs(events >> event & 1 ? ",1" : ",0", self->stream);
    }
    fputc('\n', self->stream);
}

bg_status bg_draws_csv_take(void *context, const bg_projection *projection, size_t first, size_t n,
                            bg_errors *errors)
{
    bg_draws_csv *self = context;
    FILE *stream = self->stream;
    if (!self->headed) {
        write_header(projection, stream);
        self->headed = true;
    }
    for (size_t i = 0; i < n; i++) {
        for (size_t unit = 0; unit < bg_projection_unit_count(projection); unit++) {
            for (size_t year = 0; year < bg_projection_year_count(projection); year++) {
                write_row(&(place){projection, stream, unit, year}, first + i + 1, i);
            }
        }
    }
    return ferror(stream) ? bg_errors_add(errors, BG_IO, BG_NOWHERE, NULL,
                                          "draws.csv could not be written; is the disk full?")
                          : BG_OK;
}
