#include "report/draws_csv.h"

#include "format/csv_writer.h"
#include "report/messages.h"

/* One unit in one year. */
typedef struct place {
    const bg_projection *projection;
    FILE *stream;
    size_t unit, year;
} place;

static void add_columns(const bg_projection *projection, bg_sheet *sheet)
{
    static const bg_column columns[] = {{.name = "replication", .kind = BG_CELL_COUNT},
                                        {.name = "unit", .kind = BG_CELL_TEXT},
                                        {.name = "year", .kind = BG_CELL_YEAR}};
    bg_sheet_add_columns(sheet, columns, sizeof columns / sizeof *columns);
    for (size_t o = 0; o < bg_projection_outcome_count(projection); o++) {
        const char *name = bg_projection_outcome(projection, o);
        bg_sheet_add_column(sheet, (bg_column){.name = name, .kind = BG_CELL_FEN});
    }
    for (int month = 1; month <= 12; month++) {
        const char *name = bg_sheet_keep(sheet, "cash_%02d", month);
        bg_sheet_add_column(sheet, (bg_column){.name = name, .kind = BG_CELL_FEN});
    }
    for (bg_event event = 0; event < BG_EVENT_COUNT; event++) {
        const char *name = bg_sheet_keep(sheet, "event_%s", bg_event_name(event));
        bg_sheet_add_column(sheet, (bg_column){.name = name, .kind = BG_CELL_FLAG});
    }
}

static bg_status write_heading(const bg_projection *projection, FILE *stream)
{
    bg_sheet sheet;
    bg_sheet_init(&sheet, "en");
    add_columns(projection, &sheet);
    const bg_status status = bg_sheet_write_csv_heading(&sheet, stream);
    bg_sheet_free(&sheet);
    return status;
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
    if (!self->headed && write_heading(projection, stream)) {
        return bg_no_memory(errors);
    }
    self->headed = true;
    for (size_t i = 0; i < n; i++) {
        for (size_t unit = 0; unit < bg_projection_unit_count(projection); unit++) {
            for (size_t year = 0; year < bg_projection_year_count(projection); year++) {
                write_row(&(place){projection, stream, unit, year}, first + i + 1, i);
            }
        }
    }
    return ferror(stream)
               ? bg_errors_say(errors, BG_IO, BG_NOWHERE, NULL, BG_SAY(draws_not_written))
               : BG_OK;
}
