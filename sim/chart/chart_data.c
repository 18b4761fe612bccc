/* The tables that the scripts in plots/ draw: <run directory>/charts/data/<table>-<unit>.csv. */
#include "chart/chart.h"
#include "chart/messages.h"
#include "contract/money_unit.h"
#include "format/csv_writer.h"
#include "report/label.h"
#include "statistics/histogram.h"

#include <baogan/file.h>
#include <baogan/version.h>
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define COUNT(list) (sizeof(list) / sizeof *(list))

/* One unit of a run, with what is needed to write its tables. */
typedef struct chart_unit {
    const bg_model *model;
    const bg_projection *projection;
    size_t unit;
    size_t first_scheme, end_scheme; /* the schemes that it adds up */
    bool whole;                      /* it is everything, so published outcomes are its own */
    bg_errors *errors;
} chart_unit;

static chart_unit chart_unit_of(const bg_model *model, const bg_projection *projection, size_t unit,
                                bg_errors *errors)
{
    size_t schemes = model->contract.history.scheme_count;
    bool all = unit >= schemes;
    return (chart_unit){.model = model,
                        .projection = projection,
                        .unit = unit,
                        .first_scheme = all ? 0 : unit,
                        .end_scheme = all ? schemes : unit + 1,
                        .whole = unit + 1 == bg_model_unit_count(model),
                        .errors = errors};
}

/* ---- cells ---- */

static const bg_statistics *statistics_of(const chart_unit *self, size_t year, size_t outcome)
{
    return bg_projection_statistics(self->projection, self->unit, year, outcome);
}

static double central_of(const chart_unit *self, size_t year, size_t outcome)
{
    return (double)bg_projection_central(self->projection, self->unit, year, outcome);
}

/* What futures say of an amount: the centre, the mean and all quantiles. */
static void add_quantile_columns(bg_sheet *sheet)
{
    bg_sheet_add_column(sheet, (bg_column){.name = "central", .kind = BG_CELL_AMOUNT});
    bg_sheet_add_column(sheet, (bg_column){.name = "mean", .kind = BG_CELL_AMOUNT});
    for (size_t i = 0; i < BG_QUANTILE_COUNT; i++) {
        const char *name = bg_sheet_keep(sheet, "q%02.0f", 100 * bg_quantile_levels[i]);
        bg_sheet_add_column(sheet, (bg_column){.name = name, .kind = BG_CELL_AMOUNT});
    }
}

static void add_quantiles(bg_sheet *sheet, double central, const bg_statistics *statistics)
{
    bg_sheet_add_amount(sheet, central);
    bg_sheet_add_amount(sheet, statistics->mean);
    for (size_t i = 0; i < BG_QUANTILE_COUNT; i++) {
        bg_sheet_add_amount(sheet, statistics->quantile[i].value);
    }
}

/* The same where the amount is known: all quantiles are equal. */
static void add_known(bg_sheet *sheet, bg_fen amount)
{
    for (size_t i = 0; i < 2 + BG_QUANTILE_COUNT; i++) {
        bg_sheet_add_fen(sheet, amount);
    }
}

/* A machine name with its labels in both languages, in the columns `name`, label_en, label_zh. */
static void add_name_columns(bg_sheet *sheet, const char *name)
{
    const char *const names[] = {name, "label_en", "label_zh"};
    for (size_t i = 0; i < COUNT(names); i++) {
        bg_sheet_add_column(sheet, (bg_column){.name = names[i], .kind = BG_CELL_TEXT});
    }
}

/* A label that is a machine name is shown with blanks for underscores; an English one begins with a
 * capital letter. */
static void add_label(bg_sheet *sheet, const char *words)
{
    char *label = strdup(words);
    for (char *c = label; c && *c; c++) {
        bool capital = c == label && *c >= 'a' && *c <= 'z';
        *c = (char)(capital ? *c - 'a' + 'A' : *c == '_' ? ' ' : *c);
    }
    sheet->failed = sheet->failed || !label;
    bg_sheet_add_text(sheet, bg_sheet_keep(sheet, "%s", label ? label : ""));
    free(label);
}

static void add_outcome(const chart_unit *self, size_t outcome, bg_sheet *sheet)
{
    const bg_outcome_info info = bg_projection_outcome_info(self->projection, outcome);
    bg_sheet_add_text(sheet, bg_projection_outcome(self->projection, outcome));
    add_label(sheet, bg_label_of_outcome(info, "en"));
    add_label(sheet, bg_label_of_outcome(info, "zh"));
}

/* The same for a party that an outcome is about. */
static void add_party_name(bg_sheet *sheet, const char *party)
{
    bg_sheet_add_text(sheet, party);
    add_label(sheet, bg_label_of_name(party, "en"));
    add_label(sheet, bg_label_of_name(party, "zh"));
}

/* The published amount of a year, or nothing. */
static void add_published(const chart_unit *self, int year, const char *key, bg_sheet *sheet)
{
    char name[16];
    snprintf(name, sizeof name, "%d", year);
    const bg_node *published = bg_scenario_find(self->model->contract.scenario, "published");
    const bg_node *amount = bg_node_child(bg_node_child(published, name), key);
    if (amount && self->whole) {
        bg_sheet_add_fen(sheet, amount->value.fen);
    } else {
        bg_sheet_add_absent(sheet);
    }
}

/* ---- expense against budget ---- */

/* Fund payments of a past year, as recorded and completed, over the unit's schemes. */
static bg_status past_expense(const chart_unit *self, size_t year, bg_fen *recorded,
                              bg_fen *completed)
{
    const bg_history *history = &self->model->contract.history;
    *recorded = *completed = 0;
    for (size_t s = self->first_scheme; s < self->end_scheme; s++) {
        const bg_scheme *scheme = &history->scheme[s];
        if (bg_money_add(*recorded, scheme->paid_fen[year], recorded) ||
            bg_money_add(*completed, scheme->completed_fen[year], completed)) {
            return bg_errors_say(self->errors, BG_OVERFLOW, BG_NOWHERE, "history",
                                 BG_SAY(past_expense_overflow), history->year[year]);
        }
    }
    return BG_OK;
}

static bg_status add_past(const chart_unit *self, bg_sheet *sheet)
{
    const bg_history *history = &self->model->contract.history;
    for (size_t y = 0; y < history->year_count; y++) {
        bg_fen recorded, completed;
        bg_status status = past_expense(self, y, &recorded, &completed);
        if (status) {
            return status;
        }
        bg_sheet_add_year(sheet, history->year[y]);
        bg_sheet_add_text(sheet, "history");
        bg_sheet_add_fen(sheet, recorded);
        bg_sheet_add_fen(sheet, completed);
        for (size_t i = 0; i < 5; i++) { /* budget to published */
            bg_sheet_add_absent(sheet);
        }
        add_known(sheet, completed);
        bg_sheet_add_absent(sheet);
    }
    return BG_OK;
}

static bg_status build_expense(const chart_unit *self, bg_sheet *sheet)
{
    static const bg_column columns[] = {
        {.name = "year", .kind = BG_CELL_YEAR},
        {.name = "kind", .kind = BG_CELL_TEXT},
        {.name = "recorded", .kind = BG_CELL_FEN},
        {.name = "expense", .kind = BG_CELL_FEN},
        {.name = "budget", .kind = BG_CELL_AMOUNT},
        {.name = "budget_q10", .kind = BG_CELL_AMOUNT},
        {.name = "budget_q90", .kind = BG_CELL_AMOUNT},
        {.name = "payable", .kind = BG_CELL_AMOUNT},
        {.name = "published", .kind = BG_CELL_FEN},
    };
    bg_sheet_add_columns(sheet, columns, COUNT(columns));
    add_quantile_columns(sheet);
    bg_sheet_add_column(sheet, (bg_column){.name = "p_overspend", .kind = BG_CELL_SHARE});
    bg_status status = add_past(self, sheet);
    for (size_t y = 0; !status && y < bg_projection_year_count(self->projection); y++) {
        int year = bg_projection_year(self->projection, y);
        const bg_statistics *budget = statistics_of(self, y, BG_OUTCOME_budget);
        const bg_statistics *payable = statistics_of(self, y, BG_OUTCOME_payable);
        bg_sheet_add_year(sheet, year);
        bg_sheet_add_text(sheet, "projected");
        bg_sheet_add_absent(sheet);
        bg_sheet_add_absent(sheet);
        bg_sheet_add_amount(sheet, budget->quantile[BG_Q50].value);
        bg_sheet_add_amount(sheet, budget->quantile[BG_Q10].value);
        bg_sheet_add_amount(sheet, budget->quantile[BG_Q90].value);
        bg_sheet_add_amount(sheet, payable->quantile[BG_Q50].value);
        add_published(self, year, "expense", sheet);
        add_quantiles(sheet, central_of(self, y, BG_OUTCOME_expense),
                      statistics_of(self, y, BG_OUTCOME_expense));
        bg_sheet_add_share(
            sheet, bg_projection_probability(self->projection, self->unit, y, BG_EVENT_overspend)
                       .estimate);
    }
    return status;
}

/* ---- balances at year end ---- */

/* The name of the fund whose balance an outcome is, or NULL. */
static const char *fund_of(const chart_unit *self, size_t outcome)
{
    const bg_outcome_info info = bg_projection_outcome_info(self->projection, outcome);
    return info.kind == BG_OUTCOME_KIND_FUND ? info.name : NULL;
}

/* The terms of a fund in a scheme, or NULL where the scheme has no such fund. */
static const bg_fund_terms *terms_of(const chart_unit *self, size_t scheme, const char *fund)
{
    const bg_budget_terms *terms = self->model->contract.terms[scheme];
    int index = bg_budget_fund_index(terms, fund);
    return index < 0 ? NULL : bg_budget_fund(terms, (size_t)index);
}

/* Balance before the first year; openings of two schemes are within the range of a scenario. */
static bg_fen opening_of(const chart_unit *self, size_t outcome)
{
    const char *fund = fund_of(self, outcome);
    bg_fen sum = 0;
    for (size_t s = self->first_scheme; s < self->end_scheme; s++) {
        const bg_fund_terms *terms = fund ? terms_of(self, s, fund) : NULL;
        bg_fen opening = outcome == BG_OUTCOME_pool_balance ? self->model->contract.pool[s].opening
                         : terms                            ? terms->opening
                                                            : 0;
        if (bg_money_add(sum, opening, &sum)) {
            return sum;
        }
    }
    return sum;
}

/* What a year's budgets put into a fund on average, fen. */
static double set_aside(const chart_unit *self, const char *fund, size_t year)
{
    double sum = 0;
    for (size_t s = self->first_scheme; s < self->end_scheme; s++) {
        const bg_fund_terms *terms = terms_of(self, s, fund);
        if (terms) {
            sum += (double)terms->rate / (double)BG_ONE *
                   bg_projection_statistics(self->projection, s, year, BG_OUTCOME_budget)->mean;
        }
    }
    return sum;
}

static void add_balance(const chart_unit *self, size_t outcome, bg_sheet *sheet)
{
    const char *fund = fund_of(self, outcome);
    add_outcome(self, outcome, sheet);
    bg_sheet_add_year(sheet, bg_projection_year(self->projection, 0) - 1);
    bg_sheet_add_absent(sheet);
    bg_sheet_add_absent(sheet);
    add_known(sheet, opening_of(self, outcome));
    for (size_t y = 0; y < bg_projection_year_count(self->projection); y++) {
        int year = bg_projection_year(self->projection, y);
        add_outcome(self, outcome, sheet);
        bg_sheet_add_year(sheet, year);
        bg_sheet_add_amount(sheet, fund ? set_aside(self, fund, y) : NAN);
        add_published(self, year, outcome == BG_OUTCOME_pool_balance ? "pool_balance" : "", sheet);
        add_quantiles(sheet, central_of(self, y, outcome), statistics_of(self, y, outcome));
    }
}

static bool pool_is_modelled(const chart_unit *self)
{
    for (size_t s = self->first_scheme; s < self->end_scheme; s++) {
        if (!self->model->contract.pool[s].modelled) {
            return false;
        }
    }
    return true;
}

static bg_status build_funds(const chart_unit *self, bg_sheet *sheet)
{
    static const bg_column columns[] = {{.name = "year", .kind = BG_CELL_YEAR},
                                        {.name = "added", .kind = BG_CELL_AMOUNT},
                                        {.name = "published", .kind = BG_CELL_FEN}};
    add_name_columns(sheet, "fund");
    bg_sheet_add_columns(sheet, columns, COUNT(columns));
    add_quantile_columns(sheet);
    if (pool_is_modelled(self)) {
        add_balance(self, BG_OUTCOME_pool_balance, sheet);
    }
    for (size_t i = 0; i < bg_projection_outcome_count(self->projection); i++) {
        if (fund_of(self, i)) {
            add_balance(self, i, sheet);
        }
    }
    add_balance(self, BG_OUTCOME_reserve, sheet);
    return BG_OK;
}

/* ---- cash by month ---- */

enum { DECEMBER = 11 };

static void add_cash(const chart_unit *self, size_t year, size_t month, bg_sheet *sheet)
{
    add_quantiles(sheet,
                  (double)bg_projection_central_cash(self->projection, self->unit, year, month),
                  bg_projection_cash(self->projection, self->unit, year, month));
}

static bg_status build_cash(const chart_unit *self, bg_sheet *sheet)
{
    bg_sheet_add_column(sheet, (bg_column){.name = "year", .kind = BG_CELL_YEAR});
    bg_sheet_add_column(sheet, (bg_column){.name = "month", .kind = BG_CELL_COUNT});
    add_quantile_columns(sheet);
    for (size_t y = 0; y < bg_projection_year_count(self->projection); y++) {
        int year = bg_projection_year(self->projection, y);
        bg_sheet_add_year(sheet, year);
        bg_sheet_add_count(sheet, 0);
        if (y > 0 && self->model->contract.calendar.given) {
            add_cash(self, y - 1, DECEMBER, sheet); /* it runs on */
        } else {
            add_known(sheet, 0);
        }
        for (size_t m = 0; m <= DECEMBER; m++) {
            bg_sheet_add_year(sheet, year);
            bg_sheet_add_count(sheet, m + 1);
            add_cash(self, y, m, sheet);
        }
    }
    return BG_OK;
}

/* ---- distribution of the balance before sharing ---- */

typedef struct balance_of {
    const chart_unit *unit;
    size_t year;
} balance_of;

static bg_status count_below(const void *draws, const bg_fen *edges, size_t count, size_t *below)
{
    const balance_of *self = draws;
    return bg_projection_below(self->unit->projection, self->unit->unit, self->year,
                               BG_OUTCOME_balance, edges, count, below);
}

static bg_status build_surplus(const chart_unit *self, bg_sheet *sheet)
{
    static const bg_column columns[] = {{.name = "year", .kind = BG_CELL_YEAR},
                                        {.name = "low", .kind = BG_CELL_FEN},
                                        {.name = "high", .kind = BG_CELL_FEN},
                                        {.name = "count", .kind = BG_CELL_COUNT},
                                        {.name = "share", .kind = BG_CELL_SHARE}};
    bg_sheet_add_columns(sheet, columns, COUNT(columns));
    for (size_t y = 0; y < bg_projection_year_count(self->projection); y++) {
        const bg_statistics *about = statistics_of(self, y, BG_OUTCOME_balance);
        bg_histogram histogram;
        if (bg_histogram_compute(&histogram, about, count_below, &(balance_of){self, y})) {
            bg_histogram_free(&histogram);
            return bg_no_memory(self->errors);
        }
        for (size_t bin = 0; bin < histogram.bins; bin++) {
            bg_sheet_add_year(sheet, bg_projection_year(self->projection, y));
            bg_sheet_add_fen(sheet, bg_histogram_edge(&histogram, bin));
            bg_sheet_add_fen(sheet, bg_histogram_edge(&histogram, bin + 1));
            bg_sheet_add_count(sheet, histogram.count[bin]);
            bg_sheet_add_share(sheet, (double)histogram.count[bin] / (double)about->n);
        }
        bg_histogram_free(&histogram);
    }
    return BG_OK;
}

/* The bands of one side of sharing. A scheme's rule: there are none for all schemes together. */
typedef struct band_side {
    const char *name, *step; /* "surplus", "share_surplus" */
    int sign;                /* of the balance */
} band_side;

/* The input of which the limits are shares, such as "budget". */
static const char *base_of(const chart_unit *self, const char *step)
{
    const bg_node *steps = bg_scenario_find(self->model->contract.scenario, "settlement");
    for (const bg_node *node = steps ? steps->child : NULL; node; node = node->next) {
        if (strcmp(node->text, step) == 0) {
            return bg_node_text(node, "base");
        }
    }
    return "budget";
}

/* A limit as an amount of the year, with the sign of the side. */
static double limit_fen(bg_decimal limit, double base, int sign)
{
    return limit == 0 ? 0 : sign * ((double)limit / (double)BG_ONE * base);
}

static void add_side(const chart_unit *self, const band_side *side, size_t year, bg_sheet *sheet)
{
    bg_decimal limit[BG_MAX_STEPS], share[BG_MAX_STEPS];
    size_t count = bg_plan_bands(self->model->contract.plan[self->unit], side->step, BG_MAX_STEPS,
                                 limit, share);
    const char *base = base_of(self, side->step);
    const int outcome = bg_projection_outcome_index(self->projection, base);
    if (outcome < 0) {
        return; /* an input that the projection keeps no amounts of */
    }
    double amount = statistics_of(self, year, (size_t)outcome)->quantile[BG_Q50].value;
    bg_decimal from = 0;
    for (size_t i = 0; i < count; i++) {
        bool bounded = limit[i] < BG_DECIMAL_MAX * BG_ONE;
        bg_sheet_add_year(sheet, bg_projection_year(self->projection, year));
        bg_sheet_add_text(sheet, side->name);
        bg_sheet_add_text(sheet, base);
        bg_sheet_add_rate(sheet, from);
        if (bounded) {
            bg_sheet_add_rate(sheet, limit[i]);
        } else {
            bg_sheet_add_absent(sheet);
        }
        bg_sheet_add_rate(sheet, share[i]);
        bg_sheet_add_amount(sheet, limit_fen(from, amount, side->sign));
        bg_sheet_add_amount(sheet, bounded ? limit_fen(limit[i], amount, side->sign) : NAN);
        from = limit[i];
    }
}

static bg_status build_bands(const chart_unit *self, bg_sheet *sheet)
{
    static const band_side sides[] = {{"surplus", "share_surplus", 1},
                                      {"overspend", "share_overspend", -1}};
    static const bg_column columns[] = {
        {.name = "year", .kind = BG_CELL_YEAR},
        {.name = "side", .kind = BG_CELL_TEXT},
        {.name = "base", .kind = BG_CELL_TEXT},
        {.name = "from_share", .kind = BG_CELL_RATE},
        {.name = "to_share", .kind = BG_CELL_RATE},
        {.name = "community_share", .kind = BG_CELL_RATE},
        {.name = "from", .kind = BG_CELL_AMOUNT},
        {.name = "to", .kind = BG_CELL_AMOUNT},
    };
    bg_sheet_add_columns(sheet, columns, COUNT(columns));
    bool one_scheme = self->end_scheme - self->first_scheme == 1;
    for (size_t y = 0; one_scheme && y < bg_projection_year_count(self->projection); y++) {
        for (size_t i = 0; i < COUNT(sides); i++) {
            add_side(self, &sides[i], y, sheet);
        }
    }
    return BG_OK;
}

/* ---- who gets what ---- */

/* A party's rows; `party` NULL: that of the outcome; `sign` -1 where it is what the others get. */
static void add_party(const chart_unit *self, const char *party, size_t outcome, int sign,
                      bg_sheet *sheet)
{
    for (size_t y = 0; y < bg_projection_year_count(self->projection); y++) {
        const bg_statistics *about = statistics_of(self, y, outcome);
        double q10 = about->quantile[BG_Q10].value, q90 = about->quantile[BG_Q90].value;
        if (party) {
            add_party_name(sheet, party);
        } else {
            add_outcome(self, outcome, sheet);
        }
        bg_sheet_add_year(sheet, bg_projection_year(self->projection, y));
        bg_sheet_add_amount(sheet, sign * central_of(self, y, outcome));
        bg_sheet_add_amount(sheet, sign * about->mean);
        bg_sheet_add_amount(sheet, sign < 0 ? -q90 : q10);
        bg_sheet_add_amount(sheet, sign < 0 ? -q10 : q90);
    }
}

static bg_status build_parties(const chart_unit *self, bg_sheet *sheet)
{
    static const bg_column columns[] = {{.name = "year", .kind = BG_CELL_YEAR},
                                        {.name = "central", .kind = BG_CELL_AMOUNT},
                                        {.name = "mean", .kind = BG_CELL_AMOUNT},
                                        {.name = "q10", .kind = BG_CELL_AMOUNT},
                                        {.name = "q90", .kind = BG_CELL_AMOUNT}};
    add_name_columns(sheet, "party");
    bg_sheet_add_columns(sheet, columns, COUNT(columns));
    add_party(self, "pool", BG_OUTCOME_shared, -1, sheet);
    add_party(self, "community", BG_OUTCOME_result, 1, sheet);
    for (size_t i = 0; i < bg_projection_outcome_count(self->projection); i++) {
        const bg_outcome_info info = bg_projection_outcome_info(self->projection, i);
        if (info.kind == BG_OUTCOME_KIND_INSTITUTION) {
            add_party(self, NULL, i, 1, sheet);
        }
    }
    return BG_OK;
}

/* ---- files ---- */

static const struct {
    const char *name;
    bg_status (*build)(const chart_unit *self, bg_sheet *sheet);
} tables[] = {
    {"expense", build_expense}, {"funds", build_funds}, {"cash", build_cash},
    {"surplus", build_surplus}, {"bands", build_bands}, {"parties", build_parties},
};

/* A title on one line; gnuplot ends a text at every quote. */
static void put_title(FILE *stream, const char *text)
{
    for (const char *c = text; *c; c++) {
        bool control = (unsigned char)*c < ' ' || *c == '\x7f';
        fputc(control ? ' ' : *c == '"' ? '\'' : *c, stream);
    }
}

static void write_titles(const char *en, const char *zh, FILE *stream)
{
    fputs("key,value\ntitle_en,\"", stream);
    put_title(stream, en);
    fputs("\"\ntitle_zh,\"", stream);
    put_title(stream, zh);
    fputs("\"\n", stream);
}

/* Whether the community pays for a measure beside care, for a scheme or (the unit after them) any. */
static bool has_outlay(const bg_model *model, size_t unit)
{
    const size_t schemes = model->contract.history.scheme_count;
    bg_fen sum = 0;
    for (size_t s = 0; s < schemes; s++) {
        for (size_t month = 0; (s == unit || unit == schemes) && month < 12 * model->horizon.years;
             month++) {
            sum += bg_demand_outlay_of_month(model->demand, BG_PAYER_COMMUNITY, s, month / 12,
                                             month % 12);
        }
    }
    return sum > 0;
}

/* Units in whose cash there is an outlay; no row where there is none. */
static void write_outlay(const bg_model *model, FILE *stream)
{
    const char *lead = "\"\noutlay,\"";
    for (size_t unit = 0; unit < bg_model_unit_count(model); unit++) {
        if (has_outlay(model, unit)) {
            fprintf(stream, "%s%s", lead, bg_model_unit(model, unit));
            lead = " ";
        }
    }
}

/* Facts for titles and footers, as key,"text": always quoted, as gnuplot wants texts. */
static void write_run(const bg_model *model, const bg_projection *projection, FILE *stream)
{
    static const char *const languages[] = {"en", "zh"};
    const bg_node *title = bg_scenario_find(model->contract.scenario, "title");
    write_titles(title ? bg_node_in_language(title, "en") : "",
                 title ? bg_node_in_language(title, "zh") : "", stream);
    fputs("units,\"", stream);
    for (size_t u = 0; u < bg_model_unit_count(model); u++) {
        fprintf(stream, "%s%s", u ? " " : "", bg_model_unit(model, u));
    }
    const bg_node *simulation = bg_scenario_find(model->contract.scenario, "simulation");
    const size_t replications = projection ? bg_projection_replications(projection)
                                           : (size_t)bg_node_integer(simulation, "replications");
    const bool by_community = bg_budget_community_pays_outside(model->contract.scenario);
    fprintf(stream, "\"\noutside,\"%s", by_community ? "community" : "pool");
    write_outlay(model, stream);
    fputs(model->contract.calendar.given ? "\"\ncalendar,\"yes" : "", stream);
    for (size_t i = 0; i < 2; i++) {
        const bg_money_scale money = bg_contract_money(&model->contract, languages[i]);
        fprintf(stream, "\"\nmoney_%s,\"%.0f", languages[i], money.fen / 100);
    }
    fprintf(stream, "\"\nreplications,\"%zu\"\nseed,\"%" PRId64 "\"\nversion,\"%s\"\n",
            replications, bg_node_integer(simulation, "seed"), BG_VERSION);
}

static bg_status write_table(const chart_unit *self, size_t table, const char *directory)
{
    char name[64];
    snprintf(name, sizeof name, "%s-%s.csv", tables[table].name,
             bg_projection_unit(self->projection, self->unit));
    bg_sheet sheet;
    bg_sheet_init(&sheet, "en");
    bg_status status = tables[table].build(self, &sheet);
    status = status ? status : bg_sheet_save_csv(&sheet, directory, name, self->errors);
    bg_sheet_free(&sheet);
    return status;
}

/* Makes directory/name, if it is not there. Its path is the caller's to free, also after a failure. */
static bg_status make_directory(const char *directory, const char *name, char **path,
                                bg_errors *errors)
{
    *path = bg_path_join(directory, name);
    if (!*path) {
        return bg_no_memory(errors);
    }
    if (mkdir(*path, 0777) && errno != EEXIST) {
        return bg_errors_say(errors, BG_IO, (bg_mark){.file = *path}, NULL,
                             BG_SAY(chart_directory_not_made), strerror(errno));
    }
    return BG_OK;
}

/* Makes charts/data of the directory likewise. */
static bg_status data_directory(const char *directory, char **data, bg_errors *errors)
{
    *data = NULL;
    char *charts = NULL;
    bg_status status = make_directory(directory, "charts", &charts, errors);
    status = status ? status : make_directory(charts, "data", data, errors);
    free(charts);
    return status;
}

static bg_status open_facts(const char *data, bg_output *output, bg_errors *errors)
{
    char *path = bg_path_join(data, "run.csv");
    if (!path) {
        return bg_no_memory(errors);
    }
    const bg_status status = bg_output_open(output, path, errors);
    free(path);
    return status;
}

static bg_status write_facts(const bg_model *model, const bg_projection *projection,
                             const char *data, bg_errors *errors)
{
    bg_output output;
    bg_status status = open_facts(data, &output, errors);
    if (!status) {
        write_run(model, projection, output.stream);
        status = bg_output_commit(&output, errors);
    }
    return status;
}

bg_status bg_chart_facts_write(const bg_model *model, const bg_projection *projection,
                               const char *directory, bg_errors *errors)
{
    char *data = NULL;
    bg_status status = data_directory(directory, &data, errors);
    status = status ? status : write_facts(model, projection, data, errors);
    free(data);
    return status;
}

bg_status bg_chart_title_write(const char *title_en, const char *title_zh, const char *directory,
                               bg_errors *errors)
{
    char *data = NULL;
    bg_output output;
    bg_status status = data_directory(directory, &data, errors);
    status = status ? status : open_facts(data, &output, errors);
    if (!status) {
        write_titles(title_en, title_zh, output.stream);
        status = bg_output_commit(&output, errors);
    }
    free(data);
    return status;
}

bg_status bg_chart_data_write(const bg_model *model, const bg_projection *projection,
                              const char *directory, bg_errors *errors)
{
    char *data = NULL;
    bg_status status = data_directory(directory, &data, errors);
    status = status ? status : write_facts(model, projection, data, errors);
    for (size_t u = 0; !status && u < bg_projection_unit_count(projection); u++) {
        const chart_unit unit = chart_unit_of(model, projection, u, errors);
        for (size_t i = 0; !status && i < COUNT(tables); i++) {
            status = write_table(&unit, i, data);
        }
    }
    free(data);
    return status;
}
