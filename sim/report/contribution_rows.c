#include "report/contribution_rows.h"

enum { MEAN_DECIMALS = 4 };

/* The rows of one table. */
typedef struct rows {
    const bg_contributions *of;
    const bg_projection *projection;
    const bg_contribution_form *form;
    const char *lead;
    bg_sheet *sheet;
} rows;

/* ---- columns ---- */

static void begin(const bg_contribution_form *form, bg_sheet *sheet)
{
    static const bg_column columns[] = {{.name = "change", .kind = BG_CELL_TEXT},
                                        {.name = "kind", .kind = BG_CELL_TEXT},
                                        {.name = "unit", .kind = BG_CELL_TEXT},
                                        {.name = "year", .kind = BG_CELL_YEAR}};
    if (form->lead) {
        bg_sheet_add_column(sheet, (bg_column){.name = form->lead, .kind = BG_CELL_TEXT});
    }
    bg_sheet_add_columns(sheet, columns, sizeof columns / sizeof *columns);
}

/* "net_pool_yuan" of "net", "pool". */
static void add_fen(const char *name, const char *of, const char *unit, bg_sheet *sheet)
{
    const char *full = bg_sheet_keep(sheet, "%s%s%s_%s", name, *of ? "_" : "", of, unit);
    bg_sheet_add_column(sheet, (bg_column){.name = full, .kind = BG_CELL_FEN});
}

static void add_error(const char *name, const char *unit, bg_sheet *sheet)
{
    bg_sheet_add_column(sheet, (bg_column){.name = bg_sheet_keep(sheet, "%s_%s", name, unit),
                                           .kind = BG_CELL_AMOUNT,
                                           .decimals = MEAN_DECIMALS});
}

void bg_contribution_columns(const bg_contribution_form *form, bg_sheet *sheet)
{
    begin(form, sheet);
    bg_sheet_add_column(sheet, (bg_column){.name = "outcome", .kind = BG_CELL_TEXT});
    add_fen("mean", "", form->unit, sheet);
    add_error("se", form->unit, sheet);
}

void bg_net_columns(const bg_contribution_form *form, bg_sheet *sheet)
{
    const char *unit = form->unit;
    begin(form, sheet);
    add_fen("gain", "", unit, sheet);
    for (bg_outlay_payer payer = 0; payer < BG_OUTLAY_PAYERS; payer++) {
        add_fen("outlay", bg_outlay_payer_name(payer), unit, sheet);
    }
    add_fen("net", "", unit, sheet);
    add_error("net_se", unit, sheet);
    for (bg_net_party party = 0; party < BG_NET_PARTIES; party++) {
        add_fen("net", bg_net_party_name(party), unit, sheet);
    }
    add_fen("net_so_far", "", unit, sheet);
    add_error("net_so_far_se", unit, sheet);
    bg_sheet_add_column(sheet, (bg_column){.name = "earned", .kind = BG_CELL_SHARE});
    bg_sheet_add_column(sheet, (bg_column){.name = "earned_back", .kind = BG_CELL_YEAR});
}

/* ---- rows ---- */

static void add_place(const rows *self, size_t row, size_t unit, size_t year)
{
    bg_sheet *sheet = self->sheet;
    if (self->form->lead) {
        bg_sheet_add_text(sheet, self->lead);
    }
    bg_sheet_add_text(sheet, self->of->row[row].name);
    bg_sheet_add_text(sheet, bg_contribution_kind_name(self->of->row[row].kind));
    bg_sheet_add_text(sheet, bg_projection_unit(self->projection, unit));
    if (year < self->of->years) {
        bg_sheet_add_year(sheet, bg_projection_year(self->projection, year));
    } else {
        bg_sheet_add_text(sheet, self->form->all);
    }
}

static void add_effects(const rows *self, size_t row, size_t unit, size_t year)
{
    for (bg_effect_kind kind = 0; kind < bg_contributions_kinds(self->of); kind++) {
        const bg_effect *effect = bg_contributions_effect(self->of, row, unit, year, kind);
        add_place(self, row, unit, year);
        bg_sheet_add_text(self->sheet, bg_effect_name(kind));
        bg_sheet_add_fen(self->sheet, effect->mean);
        bg_sheet_add_amount(self->sheet, effect->se);
    }
}

/* What costs nothing, as the rest, has nothing to earn back, and no difference has. */
static void add_earned(const rows *self, size_t row, size_t unit, const bg_net *net)
{
    const size_t back = bg_net_earned_back(self->of, row, unit);
    const bool laid_out = bg_net_find(self->of, row, unit, self->of->years).outlay > 0;
    if (laid_out && !self->of->difference) {
        bg_sheet_add_share(self->sheet, (double)net->earned / (double)self->of->futures);
    } else {
        bg_sheet_add_absent(self->sheet);
    }
    if (back < self->of->years && !self->of->difference) {
        bg_sheet_add_year(self->sheet, bg_projection_year(self->projection, back));
    } else {
        bg_sheet_add_absent(self->sheet);
    }
}

static void add_net(const rows *self, size_t row, size_t unit, size_t year)
{
    const bg_net net = bg_net_find(self->of, row, unit, year);
    bg_sheet *sheet = self->sheet;
    add_place(self, row, unit, year);
    bg_sheet_add_fen(sheet, net.gain);
    for (bg_outlay_payer payer = 0; payer < BG_OUTLAY_PAYERS; payer++) {
        bg_sheet_add_fen(sheet, bg_net_outlay(self->of, row, unit, year, payer));
    }
    bg_sheet_add_fen(sheet, net.net);
    bg_sheet_add_amount(sheet, net.se);
    for (bg_net_party party = 0; party < BG_NET_PARTIES; party++) {
        bg_sheet_add_fen(sheet, net.party[party]);
    }
    bg_sheet_add_fen(sheet, net.so_far);
    bg_sheet_add_amount(sheet, net.so_far_se);
    add_earned(self, row, unit, &net);
}

static void add_all(const rows *self, void (*add)(const rows *, size_t, size_t, size_t))
{
    for (size_t row = 0; row < self->of->count; row++) {
        for (size_t unit = 0; unit < self->of->units; unit++) {
            for (size_t year = 0; year <= self->of->years; year++) {
                add(self, row, unit, year);
            }
        }
    }
}

void bg_contribution_rows(const bg_contributions *of, const bg_projection *projection,
                          const bg_contribution_form *form, const char *lead, bg_sheet *sheet)
{
    add_all(&(rows){of, projection, form, lead, sheet}, add_effects);
}

void bg_net_rows(const bg_contributions *of, const bg_projection *projection,
                 const bg_contribution_form *form, const char *lead, bg_sheet *sheet)
{
    if (bg_net_known(of)) {
        add_all(&(rows){of, projection, form, lead, sheet}, add_net);
    }
}
